/**
 * Where model versions are kept: artefacts as files by digest, manifests in Postgres, the platform's signature over
 * each, and who was granted what. Workers load through it, the gateway looks models up in it, administrators and the
 * demo's set-up register and grant.
 */
@NullMarked
package dev.sallyport.api.models;

import org.jspecify.annotations.NullMarked;
