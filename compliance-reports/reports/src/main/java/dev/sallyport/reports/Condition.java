package dev.sallyport.reports;

import java.util.List;

/** What a filter asks of one field's values. */
public sealed interface Condition {
    /**
     * Whether a field's values meet it.
     *
     * @param values the field's values in a record; empty when the record has none
     */
    boolean meets(List<String> values);

    /**
     * The condition as readers see it, after the field's name.
     *
     * @return such as {@code is permit}, {@code in (permit, release)}, {@code is absent}
     */
    String text();

    /**
     * At least one value is among these.
     *
     * @param wanted the values
     */
    record AnyOf(List<String> wanted) implements Condition {
        /** Copies the values. */
        public AnyOf {
            wanted = List.copyOf(wanted);
        }

        @Override
        public boolean meets(List<String> values) {
            return values.stream().anyMatch(wanted::contains);
        }

        @Override
        public String text() {
            return wanted.size() == 1 ? "is " + wanted.getFirst() : "in (" + String.join(", ", wanted) + ")";
        }
    }

    /**
     * No value is among these; also when there is none.
     *
     * @param unwanted the values
     */
    record NoneOf(List<String> unwanted) implements Condition {
        /** Copies the values. */
        public NoneOf {
            unwanted = List.copyOf(unwanted);
        }

        @Override
        public boolean meets(List<String> values) {
            return values.stream().noneMatch(unwanted::contains);
        }

        @Override
        public String text() {
            return "not in (" + String.join(", ", unwanted) + ")";
        }
    }

    /**
     * There is a value, or there is none.
     *
     * @param wanted whether there should be one
     */
    record Present(boolean wanted) implements Condition {
        @Override
        public boolean meets(List<String> values) {
            return values.isEmpty() != wanted;
        }

        @Override
        public String text() {
            return wanted ? "is present" : "is absent";
        }
    }
}
