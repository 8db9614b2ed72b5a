package dev.sallyport.api.identity;

/** What tenants and keys may be called, for people to read. */
public final class Names {
    private static final int LONGEST = 200;

    private Names() {}

    /**
     * Whether a name may be kept.
     *
     * @param name any text
     * @return true for 1 to 200 characters that are not all blank and none of which is a control character, the end of a
     *     line or half a surrogate pair: the database takes no U+0000, and a page or a terminal should show a name as one
     *     line
     */
    public static boolean fit(String name) {
        return !name.isBlank() && name.length() <= LONGEST && name.codePoints().allMatch(Names::shown);
    }

    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
