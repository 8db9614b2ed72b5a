package dev.sallyport.api.config;

import java.util.List;

/** What became of reading the configuration. */
public sealed interface ConfigResult {
    /**
     * It can be used.
     *
     * @param settings the values
     * @param resolved every key with its source, in documentation order
     */
    record Loaded(Settings settings, List<ResolvedSetting> resolved) implements ConfigResult {
        /** Copies the list. */
        public Loaded {
            resolved = List.copyOf(resolved);
        }
    }

    /**
     * It cannot be used.
     *
     * @param problems all that is wrong, never empty
     */
    record Rejected(List<ConfigProblem> problems) implements ConfigResult {
        /** Copies the list. */
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
