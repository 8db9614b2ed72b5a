package dev.sallyport.api.oip;

import java.util.function.Consumer;

/** Reads a {@code parameters} object: names to strings, numbers or booleans. Names that nobody knows are let pass. */
final class Parameters {
    private Parameters() {}

    /**
     * Reads the object at the scanner's position, or null.
     *
     * @param reader is told each name and reads its value
     */
    static void read(JsonScanner json, String label, Consumer<String> reader) {
        if (json.takeNull()) {
            return;
        }
        Members members = new Members(json, label);
        while (members.next()) {
            reader.accept(members.name());
        }
    }

    /** Reads past a value that nobody asks for. */
    static void skip(JsonScanner json, String label) {
        switch (json.peek()) {
            case '{', '[', 'n' -> throw invalid(label + ": a parameter is a string, a number or a boolean");
            default -> json.skipValue();
        }
    }

    static boolean bool(JsonScanner json, String label) {
        int first = json.peek();
        if (first != 't' && first != 'f') {
            throw invalid(label + " is true or false");
        }
        return json.bool();
    }

    static String text(JsonScanner json, String label) {
        if (json.peek() != '"') {
            throw invalid(label + " is a string");
        }
        return json.string();
    }

    /** Reads a value that asks for something unless it is 0, false or empty. */
    static void onlyOff(JsonScanner json, String label) {
        boolean off = switch (json.peek()) {
            case '"' -> json.stringBytes().length == 0;
            case 't', 'f' -> !json.bool();
            default -> json.number().magnitude() == 0;
        };
        if (!off) {
            throw new MalformedRequest(ErrorCode.UNSUPPORTED, label + " is not supported");
        }
    }

    private static MalformedRequest invalid(String sentence) {
        return new MalformedRequest(ErrorCode.REQUEST_INVALID, sentence);
    }
}
