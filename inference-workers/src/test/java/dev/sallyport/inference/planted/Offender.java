package dev.sallyport.inference.planted;

import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.planted.circle.Accomplice;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows JDBC and Vert.x's inside, reads raw outputs, and lies in a cycle. */
public final class Offender {
    public @Nullable Connection connection;

    public Class<?> inside() {
        return io.vertx.core.internal.ContextInternal.class;
    }

    public Tensor raw(LoadedModel model) throws ModelRunException {
        return model.run(List.of()).getFirst();
    }

    public Accomplice accomplice() {
        return new Accomplice(this);
    }
}
