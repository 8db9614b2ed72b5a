/**
 * The server's configuration: the closed list of keys with their types, defaults and documentation, where a value comes
 * from (flag, environment, file, default), and the typed settings that the launcher hands on. Read by the command line
 * and the launcher only; everything else is given the settings it needs.
 */
@NullMarked
package dev.sallyport.api.config;

import org.jspecify.annotations.NullMarked;
