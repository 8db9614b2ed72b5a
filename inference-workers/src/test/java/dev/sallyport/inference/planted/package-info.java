/** Breaks the module's rules on purpose, to show that they bite. */
package dev.sallyport.inference.planted;
