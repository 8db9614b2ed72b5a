/**
 * Starting and stopping: the one place where everything is built and put together by hand, in order, and taken down in
 * the opposite order. Nothing uses it but the process's entry point.
 */
@NullMarked
package dev.sallyport.api.launch;

import org.jspecify.annotations.NullMarked;
