/**
 * What administrators do: tenants, keys and policies, as services with one transaction an act, and the routes of {@code
 * /admin/v1} and {@code /me/v1} in front of them. The demo's set-up uses the services; the launcher mounts the routes.
 */
@NullMarked
package dev.sallyport.api.admin;

import org.jspecify.annotations.NullMarked;
