/**
 * The runtime for ONNX graphs, on ONNX Runtime. Only the launcher names it; lanes know it as a
 * {@link dev.sallyport.inference.ModelRuntime}.
 */
@NullMarked
package dev.sallyport.inference.onnx;

import org.jspecify.annotations.NullMarked;
