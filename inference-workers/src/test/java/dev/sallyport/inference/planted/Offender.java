package dev.sallyport.inference.planted;

import dev.sallyport.inference.planted.circle.Accomplice;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Knows JDBC and Vert.x's inside, and lies in a cycle. */
public final class Offender {
    public @Nullable Connection connection;

    public Class<?> inside() {
        return io.vertx.core.internal.ContextInternal.class;
    }

    public Accomplice accomplice() {
        return new Accomplice(this);
    }
}
