package dev.sallyport.api.admin;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.format.Epochs;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.PolicyProblem;
import java.sql.SQLException;
import java.util.List;

/**
 * What came of a check, and the state that it looked at. Checking takes too long to be done while all flushes wait, so it
 * is done before; the change looks, under the lock that orders changes, whether the state is still that one.
 *
 * @param problems what speaks against the change; empty when nothing does
 * @param basis the state that was looked at
 */
record Checked(List<PolicyProblem> problems, Basis basis) {
    Checked {
        problems = List.copyOf(problems);
    }

    /** A state. */
    sealed interface Basis {
        /**
         * One tenant's state.
         *
         * @param epochs the tenant's epoch and the platform's
         */
        record OfTenant(StateEpochs epochs) implements Basis {}

        /**
         * Every tenant's state.
         *
         * @param total the sum of all epochs
         */
        record OfAll(long total) implements Basis {}
    }

    /**
     * Whether the state is still the one that was looked at.
     *
     * @param scoped a transaction that holds the lock, in the scope of the tenant that was checked
     */
    boolean holds(Scoped scoped) throws SQLException {
        return switch (basis) {
            case Basis.OfTenant(StateEpochs then) -> {
                Epochs now = scoped.epochs();
                yield then.tenant() == now.tenant() && then.platform() == now.platform();
            }
            case Basis.OfAll(long total) -> scoped.epochsTotal() == total;
        };
    }
}
