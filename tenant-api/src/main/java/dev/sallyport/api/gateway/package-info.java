/**
 * The way of a request, on the event loop: identify, read, admit, reserve, inspect, run, record, answer; and the
 * protocol's other calls. It asks what it needs of identity, models and policies through the interfaces here and there,
 * which the launcher binds; {@code state} implements those of models and policies, and nothing else but the launcher uses
 * it.
 */
@NullMarked
package dev.sallyport.api.gateway;

import org.jspecify.annotations.NullMarked;
