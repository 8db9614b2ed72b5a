/**
 * Conditions written in CEL: what they may refer to, how they are checked when a document is published, and how they
 * are evaluated. Knows nothing of documents and layers; used by the policy engine alone, but for {@link
 * dev.sallyport.policy.condition.Condition}, which travels with jobs.
 */
@NullMarked
package dev.sallyport.policy.condition;

import org.jspecify.annotations.NullMarked;
