package dev.sallyport.ledger.tree;

import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.merkle.ConsistencyProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes checkpoints to where whoever holds the log's key and the database cannot change them: a file, and a witness
 * over HTTP. A checkpoint is taken there only if it continues the last one that was. On a thread of its own.
 */
public final class Witness implements CheckpointListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final long LOOK_EVERY_MS = 200;
    private static final long CLOSE_MS = 1_000;

    private final Path path;
    private final WitnessFile file;
    private final Duration every;
    private final TransparencyLog log;
    private final @Nullable RemoteWitness remote;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sallyport-witness");

    private volatile byte @Nullable [] waiting;
    private volatile @Nullable String refusal;
    private volatile @Nullable Checkpoint last;
    private long takenAt;
    private boolean failing;

    /**
     * Takes up what was witnessed before.
     *
     * @param log whose keys verify it
     * @throws LogException if the file's last checkpoint is another log's, or not signed, or it cannot be read
     */
    public Witness(WitnessSettings settings, TransparencyLog log) {
        this.path = settings.file();
        this.file = new WitnessFile(path);
        this.every = settings.every();
        this.log = log;
        this.takenAt = System.nanoTime() - every.toNanos();
        this.remote = settings.remote()
                .map(witness ->
                        new RemoteWitness(witness, (from, to) -> log.consistency(new TreeName.PlatformLog(), from, to)))
                .orElse(null);
        try {
            Optional<SignedNote> before = file.last();
            last = before.isPresent() ? own(before.get(), path) : null;
        } catch (IOException e) {
            throw new LogException(
                    LogException.Kind.REFUSED, "the witness's file " + settings.file() + " cannot be read", e);
        }
        thread.setDaemon(true);
    }

    private Checkpoint own(SignedNote note, Path file) {
        if (Checkpoint.verify(
                        note.encode(),
                        log.keys().stream().map(PublishedLogKey::key).toList())
                instanceof CheckpointVerdict.Valid(Checkpoint checkpoint, var by)) {
            return checkpoint;
        }
        throw LogException.refused("the last checkpoint in the witness's file " + file
                + " is not signed by a key of this database's log: it is another log's, or the database is");
    }

    /** Says in the log when a file lies where the data does, and so is lost or changed together with them. */
    public static void warn(Path file, Path data) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
                if (Files.getFileStore(folder).equals(Files.getFileStore(data))) {
                    LOG.info(
                            "the witness's file {} lies on the same volume as the data: set log.witness.file to another"
                                    + " one, or log.witness.url",
                            file);
                }
            }
        } catch (IOException e) {
            LOG.debug("the volumes cannot be compared", e);
        }
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Returns the last checkpoint that was witnessed; empty before the first. */
    public Optional<Checkpoint> last() {
        return Optional.ofNullable(last);
    }

    /** Returns why nothing more is witnessed; empty while it is. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void signed(byte[] note) {
        waiting = note.clone();
    }

    private void run() {
        try {
            while (!stop.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                byte[] note = waiting;
                if (note != null && refusal == null && System.nanoTime() - takenAt >= every.toNanos()) {
                    take(note);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(byte[] bytes) throws InterruptedException {
        takenAt = System.nanoTime();
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            Checkpoint before = takenElsewhere();
            boolean behind =
                    before != null && checkpoint.head().size() < before.head().size();
            if (!behind && !checkpoint.equals(before)) {
                requireContinues(before, checkpoint);
                file.append(cosigned(note, checkpoint));
                last = checkpoint;
            }
            if (failing) {
                failing = false;
                LOG.info("checkpoints are witnessed again");
            }
        } catch (LogException e) {
            if (e.kind() == LogException.Kind.REFUSED) {
                refusal = e.getMessage();
                LOG.error("ALARM: nothing more is witnessed: {}", e.getMessage());
            } else {
                failed(e);
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    /** Another node may write to the same file, and be ahead of this one's last look. */
    private @Nullable Checkpoint takenElsewhere() throws IOException {
        Checkpoint known = last;
        Optional<SignedNote> stored = file.last();
        if (stored.isPresent()
                && (known == null
                        || Checkpoint.parse(stored.get().text()).head().size()
                                > known.head().size())) {
            last = own(stored.get(), path);
        }
        return last;
    }

    private void failed(Exception e) {
        if (!failing) {
            failing = true;
            LOG.warn("checkpoints cannot be witnessed now, it is tried again", e);
        }
    }

    private void requireContinues(@Nullable Checkpoint before, Checkpoint checkpoint) {
        if (before == null) {
            return;
        }
        long from = before.head().size();
        long to = checkpoint.head().size();
        boolean continues =
                proof(from, to).verify(before.head(), checkpoint.head()).holds();
        if (!continues) {
            throw LogException.refused(
                    "the checkpoint of " + to + " rounds does not continue the one of " + from + " that was witnessed");
        }
    }

    private ConsistencyProof proof(long from, long to) {
        return log.consistency(new TreeName.PlatformLog(), from, to);
    }

    private SignedNote cosigned(SignedNote note, Checkpoint checkpoint) throws InterruptedException {
        if (remote == null) {
            return note;
        }
        return switch (remote.ask(note, checkpoint.head().size())) {
            case RemoteWitness.Answer.Cosigned(SignedNote cosigned) -> cosigned;
            case RemoteWitness.Answer.NotNow(String why) -> {
                LOG.warn("the witness has not cosigned: {}", why);
                yield note;
            }
            case RemoteWitness.Answer.Inconsistent(String why) ->
                throw LogException.refused("the witness refuses the checkpoint: " + why);
        };
    }

    /** Ends after the checkpoint that is under way. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
