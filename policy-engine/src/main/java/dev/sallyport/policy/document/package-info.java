/**
 * The text of a policy document as a tree in which every node knows its place. YAML 1.2 with the core schema, without
 * what makes a document mean something else than it shows: anchors, tags, duplicate keys, several documents. Knows
 * nothing of policies; used by the policy engine's parser alone.
 */
@NullMarked
package dev.sallyport.policy.document;

import org.jspecify.annotations.NullMarked;
