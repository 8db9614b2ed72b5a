package dev.sallyport.policy;

import dev.sallyport.policy.condition.Condition;

/**
 * A condition on {@code output.*}, decided on the shaped outputs. Plain data but for the compiled program that the
 * condition keeps: {@code Condition.of(condition.expression())} makes it again elsewhere.
 *
 * @param id the condition's id in its document
 * @param condition what must hold for every row
 * @param reason the code of the denial when it does not
 * @param rule where it is written
 */
public record ReleaseCondition(String id, Condition condition, String reason, Rule rule) {}
