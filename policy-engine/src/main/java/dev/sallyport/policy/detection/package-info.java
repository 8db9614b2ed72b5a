/**
 * Personal data in text: finding it by form, checksum and neighbouring words, and taking it out. Used by the
 * inspection of inputs; usable alone. Every search takes time linear in the text, whatever the text is.
 */
@NullMarked
package dev.sallyport.policy.detection;

import org.jspecify.annotations.NullMarked;
