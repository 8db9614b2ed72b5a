package dev.sallyport.api.admin;

import java.time.Instant;

/**
 * A document in force.
 *
 * @param version counts the publications at its place, from 1; the entity tag
 * @param digest SHA-256 of the source, lower-case hex
 * @param source the document as published
 * @param publishedAt when
 * @param publishedBy the key's id, or the component of the system
 * @param record the record of the publication
 */
public record PublishedPolicy(
        int version, String digest, String source, Instant publishedAt, String publishedBy, String record) {}
