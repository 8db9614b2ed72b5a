package dev.sallyport.api.http;

import io.vertx.core.Future;

/** A body on its way. */
public interface Arrival {
    /** The body, on the request's event loop; fails with {@link BodyRefused}. */
    Future<Body> body();

    /** Gives back the memory that the body holds, arrived or not; to be called once the call is over. */
    void release();
}
