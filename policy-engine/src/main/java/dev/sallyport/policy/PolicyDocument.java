package dev.sallyport.policy;

import java.util.List;
import java.util.OptionalInt;

/** A policy document that was read and found sound. Immutable; equal to another of the same name and source. */
public final class PolicyDocument {
    private final Origin origin;
    private final String source;
    private final OptionalInt basedOn;
    private final List<Rule> parents;
    private final List<String> controls;
    private final Match match;
    private final Settings settings;

    PolicyDocument(
            Origin origin,
            String source,
            OptionalInt basedOn,
            List<Rule> parents,
            List<String> controls,
            Match match,
            Settings settings) {
        this.origin = origin;
        this.source = source;
        this.basedOn = basedOn;
        this.parents = List.copyOf(parents);
        this.controls = List.copyOf(controls);
        this.match = match;
        this.settings = settings;
    }

    /**
     * What it is called in rules and problems.
     *
     * @return {@code metadata.name}, or the name that it was read under when it gives none
     */
    public String name() {
        return origin.document();
    }

    /**
     * The layer that it is written for.
     *
     * @return {@code metadata.layer}
     */
    public Layer layer() {
        return origin.layer();
    }

    /**
     * What identifies its text.
     *
     * @return lower-case hex SHA-256 of the source as UTF-8
     */
    public String digest() {
        return origin.digest();
    }

    /**
     * The text that it was read from.
     *
     * @return YAML or JSON
     */
    public String source() {
        return source;
    }

    /**
     * The published version that its author started from: publication refuses it when another is in force.
     *
     * @return {@code metadata.basedOn}; empty when not given
     */
    public OptionalInt basedOn() {
        return basedOn;
    }

    /**
     * The controls that it speaks of.
     *
     * @return ids such as {@code GDPR-5.1.c}, sorted
     */
    public List<String> controls() {
        return controls;
    }

    /** The documents that it says it was written on top of: rules whose ids are their names. */
    List<Rule> parents() {
        return parents;
    }

    /** Which calls it is for. */
    Match match() {
        return match;
    }

    /** What it says. */
    Settings settings() {
        return settings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyDocument that && origin.equals(that.origin);
    }

    @Override
    public int hashCode() {
        return origin.digest().hashCode();
    }

    @Override
    public String toString() {
        return origin.document() + "@" + origin.digest();
    }
}
