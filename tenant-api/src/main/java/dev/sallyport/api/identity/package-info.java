/**
 * Who calls: roles, API keys and the way from a credential to a caller. The gateway asks it about every request, the
 * administrative API and the demo's set-up issue and revoke keys through it; only the launcher builds it.
 */
@NullMarked
package dev.sallyport.api.identity;

import org.jspecify.annotations.NullMarked;
