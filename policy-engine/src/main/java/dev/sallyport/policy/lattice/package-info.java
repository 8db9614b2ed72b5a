/**
 * The algebra of policies: values that combine by taking the stricter. Every setting's meet is a type here, and every
 * meet is commutative, associative and idempotent with a top that changes nothing. Knows nothing of documents; used by
 * the policy engine alone.
 */
@NullMarked
package dev.sallyport.policy.lattice;

import org.jspecify.annotations.NullMarked;
