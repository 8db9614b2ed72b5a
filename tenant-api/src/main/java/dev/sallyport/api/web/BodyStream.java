package dev.sallyport.api.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a blocking stream: a part is written when the one before has left, so that what waits for a
 * slow reader is one part. Not thread-safe.
 */
final class BodyStream extends OutputStream {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServerResponse response;
    private @Nullable CompletableFuture<Void> before;

    BodyStream(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** @throws IOException if the caller is gone, or has taken nothing for 30 seconds */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        await();
        before = response.write(Buffer.buffer().appendBytes(bytes, offset, length))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private void await() throws IOException {
        if (before == null) {
            return;
        }
        try {
            before.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the caller takes no more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends the body. */
    @Override
    public void close() throws IOException {
        await();
        before = response.end().toCompletionStage().toCompletableFuture();
        await();
    }
}
