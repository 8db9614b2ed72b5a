package dev.sallyport.api.config;

/**
 * One thing wrong with the configuration.
 *
 * @param source where it stands: a file with line and column, a flag or an environment variable
 * @param key the key's path; empty where no key is at fault
 * @param sentence what is wrong and what is allowed; never a secret
 */
public record ConfigProblem(String source, String key, String sentence) {

    /** The problem in one line. */
    @Override
    public String toString() {
        return key.isEmpty() ? source + ": " + sentence : source + ": " + key + ": " + sentence;
    }
}
