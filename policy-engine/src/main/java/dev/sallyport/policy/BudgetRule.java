package dev.sallyport.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many rows may be answered in a window.
 *
 * @param id the name under which the budget is shown to callers
 * @param scope what it is counted for
 * @param limit how many rows, at least 0
 * @param window in what time
 * @param origin the rule with the lowest limit
 */
public record BudgetRule(String id, Set<BudgetScope> scope, long limit, BudgetWindow window, Rule origin) {
    /** Keeps its own copy of the scope. */
    public BudgetRule {
        scope = Set.copyOf(scope);
    }

    /**
     * What sums are kept under: the same for every budget that counts the same thing, whatever its id and limit, so that
     * renaming a budget does not empty it.
     *
     * @param tenant the tenant
     * @param key what the caller's key is counted under
     * @param model the model's name
     * @param subject what the person is counted under, never a name; needed only when the scope has
     *     {@link BudgetScope#SUBJECT}
     * @return a text of the tenant, the values of the scope, the window, its kind and its zone
     * @throws IllegalArgumentException if the scope needs a subject and there is none
     */
    public String identity(TenantId tenant, String key, ModelName model, @Nullable String subject) {
        var text = new StringBuilder(96).append("tenant=").append(tenant.value());
        if (scope.contains(BudgetScope.KEY)) {
            text.append(" key=").append(key);
        }
        if (scope.contains(BudgetScope.MODEL)) {
            text.append(" model=").append(model.value());
        }
        if (scope.contains(BudgetScope.SUBJECT)) {
            if (subject == null) {
                throw new IllegalArgumentException("budget " + id + " needs the subject's handle");
            }
            text.append(" subject=").append(subject);
        }
        return text.append(' ').append(window.text()).toString();
    }
}
