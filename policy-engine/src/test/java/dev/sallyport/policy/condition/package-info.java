/** Tests of conditions. */
@NullMarked
package dev.sallyport.policy.condition;

import org.jspecify.annotations.NullMarked;
