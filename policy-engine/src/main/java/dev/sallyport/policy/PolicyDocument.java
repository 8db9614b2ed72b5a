package dev.sallyport.policy;

import java.util.List;
import java.util.OptionalInt;

/** A policy document that was read and found sound. Immutable; equal to another of the same name and source. */
public final class PolicyDocument {
    private final String name;
    private final Layer layer;
    private final String digest;
    private final String source;
    private final OptionalInt basedOn;
    private final List<String> controls;

    PolicyDocument(String name, Layer layer, String digest, String source, OptionalInt basedOn, List<String> controls) {
        this.name = name;
        this.layer = layer;
        this.digest = digest;
        this.source = source;
        this.basedOn = basedOn;
        this.controls = List.copyOf(controls);
    }

    /**
     * What it is called in rules and problems.
     *
     * @return {@code metadata.name}, or the name that it was read under when it gives none
     */
    public String name() {
        return name;
    }

    /**
     * The layer that it is written for.
     *
     * @return {@code metadata.layer}
     */
    public Layer layer() {
        return layer;
    }

    /**
     * What identifies its text.
     *
     * @return lower-case hex SHA-256 of the source as UTF-8
     */
    public String digest() {
        return digest;
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

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyDocument that && name.equals(that.name) && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return name + "@" + digest;
    }
}
