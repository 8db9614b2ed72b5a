/**
 * What everybody who asks for inference or implements a part of it speaks: tensors, a model version's signature and
 * manifest, jobs and their replies, the runtime extension point and the ports that the launcher implements. Plain
 * values and interfaces; the packages below this one do the work and depend on it, never the other way round.
 */
@NullMarked
package dev.sallyport.inference;

import org.jspecify.annotations.NullMarked;
