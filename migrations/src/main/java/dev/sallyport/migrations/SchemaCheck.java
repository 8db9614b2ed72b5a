package dev.sallyport.migrations;

import java.util.List;

/** Whether a server may serve from a database: its schema is this build's and its roles are harmless. */
public sealed interface SchemaCheck {
    /**
     * The server may serve.
     *
     * @param version the schema's version
     */
    record Fits(String version) implements SchemaCheck {}

    /**
     * The server must not serve.
     *
     * @param faults at least one sentence for the operator
     */
    record Unfit(List<String> faults) implements SchemaCheck {
        /** Copies the list. */
        public Unfit {
            faults = List.copyOf(faults);
        }
    }
}
