package dev.sallyport.policy;

/**
 * A call's content, with the facts under which it was admitted.
 *
 * @param admitted those facts
 * @param fields the content
 */
public record InspectFacts(AdmitFacts admitted, InputFields fields) {}
