package dev.sallyport.api.identity;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Shortens addresses to their network, so that a record of a stranger's refusal names no person's line. */
public final class AddressPrefix {
    private AddressPrefix() {}

    /** {@code 203.0.113.0/24} or {@code 2001:db8:0:0::/64}; {@code unknown} where there is no address. */
    public static String of(@Nullable SocketAddress address) {
        String literal = address == null ? null : address.hostAddress();
        if (literal == null) {
            return "unknown";
        }
        try {
            // a literal is parsed, never looked up
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            return bytes.length == 4
                    ? "%d.%d.%d.0/24".formatted(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255)
                    : "%x:%x:%x:%x::/64".formatted(pair(bytes, 0), pair(bytes, 2), pair(bytes, 4), pair(bytes, 6));
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static int pair(byte[] bytes, int at) {
        return ((bytes[at] & 255) << 8) | (bytes[at + 1] & 255);
    }
}
