/**
 * What every HTTP interface of the server needs before it knows who calls: framing that is beyond doubt, and bodies that
 * are bounded in size, in time and, all together, in memory. Used by the inference protocol's gateway and by the
 * administrators' and auditors' interfaces; knows neither.
 */
@NullMarked
package dev.sallyport.api.http;

import org.jspecify.annotations.NullMarked;
