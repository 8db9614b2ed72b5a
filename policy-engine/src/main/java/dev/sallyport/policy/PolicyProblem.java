package dev.sallyport.policy;

/**
 * Why a document cannot be published, at its place.
 *
 * @param message a sentence that says what was found and what was expected
 * @param path where in the document, such as {@code spec.input.required[2]}; empty for the document as a whole
 * @param line the line in the document, from 1
 * @param column the column in the line, in characters from 1
 * @param document the document's name
 */
public record PolicyProblem(String message, String path, int line, int column, String document) {
    /** The problem in one line: {@code document:line:column: path: message}. */
    @Override
    public String toString() {
        String place = document + ":" + line + ":" + column + ": ";
        return path.isEmpty() ? place + message : place + path + ": " + message;
    }
}
