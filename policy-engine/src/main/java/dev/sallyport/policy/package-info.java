/**
 * The policy engine's public face: documents in, decisions out. Pure Java without I/O; anything outside
 * this module may use only this package and the ones it names.
 */
@NullMarked
package dev.sallyport.policy;

import org.jspecify.annotations.NullMarked;
