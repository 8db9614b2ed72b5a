/**
 * The workers' end of the event bus: addresses, the codec that passes messages by reference, the verticle that consumes
 * jobs and the client that sends them. Used by the gateway (client) and the launcher (verticle).
 */
@NullMarked
package dev.sallyport.inference.bus;

import org.jspecify.annotations.NullMarked;
