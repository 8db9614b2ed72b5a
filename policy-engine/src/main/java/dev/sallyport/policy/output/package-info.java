/**
 * What may leave with an answer: how much of a classifier's scores a policy discloses, and the shaping that
 * carries it out. Used where the model runs, before any other code sees the outputs, and by the policy engine.
 */
@NullMarked
package dev.sallyport.policy.output;

import org.jspecify.annotations.NullMarked;
