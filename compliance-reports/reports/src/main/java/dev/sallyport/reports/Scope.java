package dev.sallyport.reports;

/**
 * What took part in the decisions of the period.
 *
 * @param models the model versions that calls named
 * @param documents the policy documents whose rules determined decisions
 * @param policies the effective policies, by digest, under which calls were decided
 */
public record Scope(Usages<ModelKey> models, Usages<DocumentKey> documents, Usages<String> policies) {}
