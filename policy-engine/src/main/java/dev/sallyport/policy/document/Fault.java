package dev.sallyport.policy.document;

/**
 * What is wrong with a text, at its place.
 *
 * @param message a sentence: what was found and what was expected
 * @param path where in the tree, such as {@code spec.input.required[2]}; empty for the whole
 * @param position where in the text
 */
public record Fault(String message, String path, Position position) {}
