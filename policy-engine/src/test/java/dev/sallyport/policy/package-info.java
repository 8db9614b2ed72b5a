/** Tests of the policy engine. */
@NullMarked
package dev.sallyport.policy;

import org.jspecify.annotations.NullMarked;
