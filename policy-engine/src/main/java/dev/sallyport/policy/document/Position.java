package dev.sallyport.policy.document;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
public record Position(int line, int column) {
    /** Where a text begins. */
    public static final Position START = new Position(1, 1);
}
