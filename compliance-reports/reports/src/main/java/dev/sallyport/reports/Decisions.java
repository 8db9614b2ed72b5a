package dev.sallyport.reports;

/**
 * The decisions of the period, counted apart.
 *
 * @param byEffect by what was decided
 * @param byCode refusals by their stable code
 * @param byRule by each rule that determined them
 * @param byPurpose by the declared purpose; the key is empty where none was declared
 * @param byControl by each control that the decision or one of its rules serves
 */
public record Decisions(
        Usages<String> byEffect,
        Usages<String> byCode,
        Usages<RuleKey> byRule,
        Usages<String> byPurpose,
        Usages<String> byControl) {}
