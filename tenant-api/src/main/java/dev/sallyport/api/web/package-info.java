/**
 * What the interfaces for administrators and auditors have in common: the OpenAPI document and the check against it,
 * who may call which operation, errors in the form of RFC 9457. The packages of these interfaces use it; the gateway has
 * its own protocol's forms.
 */
@NullMarked
package dev.sallyport.api.web;

import org.jspecify.annotations.NullMarked;
