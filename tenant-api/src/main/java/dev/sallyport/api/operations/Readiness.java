package dev.sallyport.api.operations;

import dev.sallyport.ledger.Health;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node should be sent calls. One for the whole process: {@code /readyz} and {@code /v2/health/ready} answer
 * from it. It starts as {@link State#STARTING}; draining is final. Thread-safe; asking is cheap.
 */
public final class Readiness {
    /** The longest time without a successful flush or probe, inclusive, at which the ledger is said to record. */
    static final Duration RECENT = Duration.ofSeconds(2);

    /** Why calls should come or not. */
    public enum State {
        /** Not everything is there yet. */
        STARTING,
        /** Calls are answered and recorded. */
        READY,
        /** The key of this node's receipts is not certified, or not any more: calls are answered 503 until it is. */
        NOT_CERTIFIED,
        /** No flush and no probe succeeded for two seconds: calls are answered 503 until one does. */
        NOT_RECORDING,
        /** Another process has taken this node's place in the ledger: this one never records again. */
        RETIRED,
        /** What the log holds is not what was signed: nothing more is signed until somebody has looked. */
        LOG_REFUSED,
        /** Calls under way end; no more should come. */
        DRAINING;

        /** Returns the state in a word or two, for a person. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private volatile @Nullable Supplier<Health> ledger;
    private volatile BooleanSupplier signing = () -> true;
    private volatile boolean draining;

    /**
     * Everything is there: from now on the node is ready as long as it records.
     *
     * @param health the ledger's, asked at each call
     */
    public void serving(Supplier<Health> health) {
        ledger = health;
    }

    /**
     * From now on the node is ready only while it signs the log.
     *
     * @param signs whether it does, asked at each call
     */
    public void signing(BooleanSupplier signs) {
        signing = signs;
    }

    /** The node is about to stop; nothing makes it ready again. */
    public void draining() {
        draining = true;
    }

    /** Whether calls should come. */
    public boolean ready() {
        return state() == State.READY;
    }

    /** Whether what is answered now could be recorded: so long, calls are answered even while draining. */
    public boolean recording() {
        Supplier<Health> asked = ledger;
        return asked != null && stateOf(asked.get()) == State.READY;
    }

    /** Returns why calls should come or not. */
    public State state() {
        Supplier<Health> asked = ledger;
        if (draining) {
            return State.DRAINING;
        }
        if (asked == null) {
            return State.STARTING;
        }
        State state = stateOf(asked.get());
        return state == State.READY && !signing.getAsBoolean() ? State.LOG_REFUSED : state;
    }

    private static State stateOf(Health health) {
        if (health.retired()) {
            return State.RETIRED;
        }
        boolean recent = health.sinceFlush().compareTo(RECENT) <= 0;
        if (!health.recording() || !recent) {
            return State.NOT_RECORDING;
        }
        return health.certified() ? State.READY : State.NOT_CERTIFIED;
    }
}
