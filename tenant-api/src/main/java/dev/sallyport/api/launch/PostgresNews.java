package dev.sallyport.api.launch;

import dev.sallyport.migrations.EmbeddedPostgres;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the embedded Postgres tells: progress for who waits, deaths for the log. */
final class PostgresNews implements EmbeddedPostgres.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresNews.class);

    private final Consumer<String> progress;

    PostgresNews(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void step(String what) {
        progress.accept(what);
    }

    @Override
    public void died(String why) {
        LOG.error("{}: it is started again", why);
    }

    @Override
    public void restarted(long pid) {
        LOG.warn("PostgreSQL runs again, process {}", pid);
    }
}
