package dev.sallyport.api.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of the gateway.
 *
 * @param region where this node processes; null where nobody said
 * @param callTimeout how long a call may take until its answer
 * @param maxInflatedBytes the longest body after decompression
 */
public record GatewaySettings(@Nullable String region, Duration callTimeout, int maxInflatedBytes) {}
