/**
 * The command line: what each command is called, takes, prints and exits with. It reads the configuration and hands
 * over to the programs that the launcher gives it; nothing else uses it.
 */
@NullMarked
package dev.sallyport.api.cli;

import org.jspecify.annotations.NullMarked;
