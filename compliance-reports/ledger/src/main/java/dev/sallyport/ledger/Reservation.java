package dev.sallyport.ledger;

import dev.sallyport.format.BudgetFact;
import dev.sallyport.format.Charge;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Rows held of one or more budgets for one call, until its record is written or it is released. Thread-safe.
 */
public final class Reservation {
    private enum State {
        HELD,
        APPENDED,
        OVER
    }

    private final List<Charge> charges;
    private final List<BudgetFact> remaining;
    private final Settlement settlement;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    /** Gives the rows back to the budgets, as used or as free. */
    interface Settlement {
        void settle(boolean used);
    }

    Reservation(List<Charge> charges, List<BudgetFact> remaining, Settlement settlement) {
        this.charges = List.copyOf(charges);
        this.remaining = List.copyOf(remaining);
        this.settlement = settlement;
    }

    /** Returns the charges to put in the record. */
    public List<Charge> charges() {
        return charges;
    }

    /** Returns what each budget asked had left, by the rule's id, with this reservation taken off. */
    public List<BudgetFact> remaining() {
        return remaining;
    }

    /** Gives the rows back because the call is not answered. Does nothing once appended or released. */
    public void release() {
        if (state.compareAndSet(State.HELD, State.OVER)) {
            settlement.settle(false);
        }
    }

    /** Takes the reservation over for a record; from now on only its flush ends it. */
    void append() {
        if (!state.compareAndSet(State.HELD, State.APPENDED)) {
            throw new IllegalStateException("the reservation was released or appended before");
        }
    }

    /**
     * Ends the reservation when its record's outcome is known.
     *
     * @param committed whether the record was written
     */
    void end(boolean committed) {
        if (state.compareAndSet(State.APPENDED, State.OVER)) {
            settlement.settle(committed);
        }
    }
}
