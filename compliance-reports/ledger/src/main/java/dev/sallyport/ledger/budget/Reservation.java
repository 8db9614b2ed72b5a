package dev.sallyport.ledger.budget;

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

    private final long generation;
    private final List<Charge> charges;
    private final List<Share> shares;
    private final List<BudgetState> states;
    private final Return back;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    /** Gives the rows back to the budgets, as used or as free. */
    interface Return {
        void settle(boolean used);
    }

    Reservation(long generation, List<Charge> charges, List<Share> shares, List<BudgetState> states, Return back) {
        this.generation = generation;
        this.charges = List.copyOf(charges);
        this.shares = List.copyOf(shares);
        this.states = List.copyOf(states);
        this.back = back;
    }

    /** Returns the charges to put in the record. */
    public List<Charge> charges() {
        return charges;
    }

    /** Returns each budget asked, with this reservation taken off, in the order asked. */
    public List<BudgetState> states() {
        return states;
    }

    /** Returns what each budget asked had left, by the rule's id, with this reservation taken off. */
    public List<BudgetFact> remaining() {
        return states.stream()
                .map(budget -> new BudgetFact(budget.rule().id(), budget.remaining()))
                .toList();
    }

    /** Gives the rows back because the call is not answered. Does nothing once appended or released. */
    public void release() {
        if (state.compareAndSet(State.HELD, State.OVER)) {
            back.settle(false);
        }
    }

    /**
     * Takes the reservation over for a record; from now on only its flush ends it.
     *
     * @throws IllegalStateException if it was released or taken over before
     */
    public Settlement append() {
        if (!state.compareAndSet(State.HELD, State.APPENDED)) {
            throw new IllegalStateException("the reservation was released or appended before");
        }
        return new Settlement() {
            @Override
            public long generation() {
                return generation;
            }

            @Override
            public List<Share> shares() {
                return shares;
            }

            @Override
            public void end(boolean committed) {
                if (state.compareAndSet(State.APPENDED, State.OVER)) {
                    back.settle(committed);
                }
            }
        };
    }
}
