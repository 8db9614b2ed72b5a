/** Tests of the product as its users meet it: the runnable jar in a process of its own, real clients, real signals. */
@NullMarked
package dev.sallyport.api.process;

import org.jspecify.annotations.NullMarked;
