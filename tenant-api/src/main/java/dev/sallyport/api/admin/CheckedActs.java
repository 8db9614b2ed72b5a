package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.PolicyProblem;
import dev.sallyport.policy.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Acts that must fit the state that they change. Two that fit each by itself and contradict each other are never both done:
 * the second finds the state changed under the lock, is checked again and refused.
 */
final class CheckedActs {
    private static final int ATTEMPTS = 10;

    private final Acts acts;

    CheckedActs(Acts acts) {
        this.acts = acts;
    }

    /**
     * Does an act if nothing speaks against it.
     *
     * @param check looks at the state as it is; blocks
     * @param refused makes the answer of what speaks against the act
     * @param work does it
     * @return the answer; empty when the state changes faster than it can be checked
     */
    <T> Optional<T> perform(
            TenantId tenant,
            Actor actor,
            Supplier<Checked> check,
            Function<List<PolicyProblem>, T> refused,
            TenantScope.Work<T> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Checked checked = check.get();
            if (!checked.problems().isEmpty()) {
                return Optional.of(refused.apply(checked.problems()));
            }
            try {
                return Optional.of(acts.perform(tenant, actor, scoped -> {
                    if (!checked.holds(scoped)) {
                        throw new StateMovedException();
                    }
                    return work.run(scoped);
                }));
            } catch (StateMovedException moved) {
                // Checked again, against what is there now.
            }
        }
        return Optional.empty();
    }
}
