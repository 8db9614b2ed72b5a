package dev.sallyport.api.audit;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.RecordReader;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.TenantId;
import dev.sallyport.reports.LedgerSource;
import dev.sallyport.reports.Report;
import dev.sallyport.reports.ReportGenerator;
import dev.sallyport.reports.ReportHtml;
import dev.sallyport.reports.ReportJson;
import dev.sallyport.reports.ReportRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports: ordered, made in the background from the ledger alone, and kept as files. One that a stop interrupts is made
 * at the next start. A file that is lost is made again: a report follows from the ledger. Blocks unless said otherwise;
 * safe for many threads.
 */
public final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    // Each reads a whole period: more at once would only take the database's time from those who call.
    private static final int AT_ONCE = 2;

    private final Acts acts;
    private final TenantScope scope;
    private final RecordMint mint;
    private final LedgerSource source;
    private final Path folder;
    private final Executor background;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * Makes the one instance.
     *
     * @param acts records who ordered what
     * @param scope the way to tenants' rows
     * @param mint gives ids
     * @param reader reads the ledger
     * @param folder {@code reports} in the data folder; made here
     * @param background makes reports, a virtual thread each
     * @throws IOException if the folder cannot be made
     */
    public Reports(Acts acts, TenantScope scope, RecordMint mint, RecordReader reader, Path folder, Executor background)
            throws IOException {
        this.acts = acts;
        this.scope = scope;
        this.mint = mint;
        this.source = new LedgerSource(reader);
        this.folder = Files.createDirectories(folder);
        this.background = background;
    }

    /**
     * Orders a report; it is made in the background.
     *
     * @param request what for
     * @param actor who asks
     * @return the report, pending
     */
    StoredReport order(ReportRequest request, Actor actor) {
        String id = mint.id();
        StoredReport ordered = acts.note(request.tenant(), actor, scoped -> {
            ReportTable.insert(scoped, id, request, actor.id());
            acts.record(
                    scoped,
                    actor,
                    "report.create",
                    "reports/" + id,
                    null,
                    null,
                    Map.of(
                            "frameworks", String.join(" ", request.frameworks()),
                            "from", request.from().toString(),
                            "to", request.to().toString()));
            return ReportTable.find(scoped, id).orElseThrow();
        });
        background.execute(() -> make(ordered));
        return ordered;
    }

    /**
     * Goes on with what a stop interrupted. Does not wait for it.
     *
     * @param tenants all tenants, the platform included
     */
    public void resume(List<TenantId> tenants) {
        for (TenantId tenant : tenants) {
            List<StoredReport> pending = scope.run(tenant, ReportTable::pending);
            pending.forEach(report -> background.execute(() -> make(report)));
        }
    }

    /** A tenant's report. */
    Optional<StoredReport> find(TenantId tenant, String id) {
        return scope.run(tenant, scoped -> ReportTable.find(scoped, id));
    }

    /** A finished report in one of its forms, {@code json} or {@code html}. */
    byte[] content(StoredReport report, String form) throws IOException {
        try {
            return Files.readAllBytes(file(report, form));
        } catch (NoSuchFileException lost) {
            write(report);
            return Files.readAllBytes(file(report, form));
        }
    }

    private void make(StoredReport report) {
        String failure = null;
        places.acquireUninterruptibly();
        try {
            write(report);
        } catch (IOException | RuntimeException e) {
            LOG.error("a report could not be made", e);
            failure = "it could not be made: the server's log has why";
        } finally {
            places.release();
        }
        finish(report, failure);
    }

    private void finish(StoredReport report, @Nullable String failure) {
        try {
            scope.run(report.tenant(), scoped -> {
                ReportTable.finish(scoped, report.id(), failure);
                return report;
            });
        } catch (RuntimeException e) {
            // It stays pending, and the next start makes it again.
            LOG.warn("a report's end could not be stored", e);
        }
    }

    private void write(StoredReport stored) throws IOException {
        Report report = ReportGenerator.generate(
                ReportRequest.of(stored.tenant(), stored.frameworks(), stored.from(), stored.to()), source);
        Files.createDirectories(folder.resolve(stored.tenant().value()));
        put(file(stored, "json"), ReportJson.write(report));
        put(file(stored, "html"), ReportHtml.render(report).getBytes(StandardCharsets.UTF_8));
    }

    private Path file(StoredReport report, String form) {
        return folder.resolve(report.tenant().value()).resolve(report.id() + "." + form);
    }

    private static void put(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
