/**
 * The runtime for Tribuo's classification models, read from protobuf and never from Java serialisation. Only the
 * launcher names it; lanes know it as a {@link dev.sallyport.inference.ModelRuntime}.
 */
@NullMarked
package dev.sallyport.inference.tribuo;

import org.jspecify.annotations.NullMarked;
