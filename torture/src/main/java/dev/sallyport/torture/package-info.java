/**
 * Hurts the real product while it serves, and then checks its books: processes are killed, paused and stopped at named
 * moments of a flush. It may use everything of ours; nothing depends on it, and nothing of it is in the product's jar.
 */
@NullMarked
package dev.sallyport.torture;

import org.jspecify.annotations.NullMarked;
