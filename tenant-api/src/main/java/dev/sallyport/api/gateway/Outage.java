package dev.sallyport.api.gateway;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log that something does not work, and that it works again: a line at each change, however many calls meet it.
 * Safe for many threads.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String begins;
    private final String ends;
    private final AtomicBoolean failing = new AtomicBoolean();

    Outage(String begins, String ends) {
        this.begins = begins;
        this.ends = ends;
    }

    void failed(Throwable cause) {
        if (failing.compareAndSet(false, true)) {
            LOG.atWarn().setCause(cause).log(begins);
        }
    }

    void worked() {
        if (failing.get() && failing.compareAndSet(true, false)) {
            LOG.info(ends);
        }
    }
}
