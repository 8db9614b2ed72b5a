/**
 * What a tenant's calls are decided from, as one reading of the database: the models it may call and the policies that
 * bind it, with the epochs under which they were read. Kept in memory for the gateway, read anew when a flush finds it
 * passed or an act changes it; administrators' publications are checked against it.
 */
@NullMarked
package dev.sallyport.api.state;

import org.jspecify.annotations.NullMarked;
