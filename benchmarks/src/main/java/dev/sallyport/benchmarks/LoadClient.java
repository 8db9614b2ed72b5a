package dev.sallyport.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;

/**
 * A closed loop of POSTs to one loopback address: each connection sends its next request when the answer to the
 * last has come. Bounded in time; it stops by itself.
 */
final class LoadClient {
    /**
     * What one stretch of load saw.
     *
     * @param answers answers with status 200
     * @param failures every other answer, and broken connections
     * @param seconds length of the stretch
     * @param medianMicros median time to an answer, µs
     * @param p99Micros 99th percentile, µs
     */
    record Result(long answers, long failures, double seconds, long medianMicros, long p99Micros) {
        double perSecond() {
            return answers / seconds;
        }
    }

    /**
     * Where and what to send.
     *
     * @param port on 127.0.0.1
     * @param path the request's path
     * @param key an API key, empty for none
     * @param body the same for each request
     */
    record Target(int port, String path, String key, Buffer body) {}

    private final Vertx vertx;

    LoadClient(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Sends for a while and waits for the last answers.
     *
     * @param connections concurrent connections, 1 or more
     * @param duration how long new requests are begun
     */
    Result run(Target target, int connections, Duration duration) throws InterruptedException {
        HttpClientAgent client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setPipelining(false),
                new PoolOptions().setHttp1MaxSize(connections));
        Stretch stretch = new Stretch(client, target, System.nanoTime() + duration.toNanos(), connections);
        long begin = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            stretch.next();
        }
        stretch.running.await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        client.close().await();
        return new Result(
                stretch.answers.get(),
                stretch.failures.get(),
                seconds,
                stretch.micros.getValueAtPercentile(50),
                stretch.micros.getValueAtPercentile(99));
    }

    private static final class Stretch {
        private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;

        private final HttpClientAgent client;
        private final Target target;
        private final long end;
        private final CountDownLatch running;
        private final AtomicLong answers = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicHistogram micros = new AtomicHistogram(LONGEST_MICROS, 3);
        private final RequestOptions options;

        Stretch(HttpClientAgent client, Target target, long end, int connections) {
            this.client = client;
            this.target = target;
            this.end = end;
            this.running = new CountDownLatch(connections);
            this.options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(target.port())
                    .setURI(target.path())
                    .putHeader("content-type", "application/json");
            if (!target.key().isEmpty()) {
                options.putHeader("x-api-key", target.key());
            }
        }

        void next() {
            long begin = System.nanoTime();
            if (begin >= end) {
                running.countDown();
                return;
            }
            client.request(options)
                    .compose(request -> request.send(target.body()))
                    .compose(response -> response.body().map(response.statusCode()))
                    .onComplete(status -> {
                        if (status.succeeded() && status.result() == 200) {
                            answers.incrementAndGet();
                            micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - begin) / 1000));
                        } else {
                            failures.incrementAndGet();
                        }
                        next();
                    });
        }
    }
}
