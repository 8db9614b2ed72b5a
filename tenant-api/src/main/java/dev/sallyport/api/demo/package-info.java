/**
 * The demo: models trained at the first start on generated data, two tenants with their policies and keys, and the
 * calls that are printed for a newcomer to paste. Everything it creates goes through the services that an
 * administrator would use. Only the launcher uses this package, and the benchmarks, which measure its models.
 */
@NullMarked
package dev.sallyport.api.demo;

import org.jspecify.annotations.NullMarked;
