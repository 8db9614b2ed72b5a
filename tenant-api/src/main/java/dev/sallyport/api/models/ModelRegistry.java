package dev.sallyport.api.models;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;

/**
 * Registers model versions and grants models to tenants; each act is recorded in the transaction that does it. Every
 * call blocks on database and disk: call it on a virtual thread. Safe for many threads.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ModelRegistry {

    /**
     * Keeps an artefact and its manifest, signed by the platform's signer.
     *
     * @param manifest what the version is; its digest must be the artefact's
     * @param artefact the model's bytes: ONNX or Tribuo protobuf
     * @param actor who asks
     * @return what became of it; registering the same again changes nothing
     */
    public Registration register(ModelManifest manifest, byte[] artefact, Actor actor) {
        throw new UnsupportedOperationException("models cannot be stored yet" + artefact.length);
    }

    /**
     * Lets a tenant call a model, present and future versions.
     *
     * @param owner whose model it is
     * @param model the owner's name of it
     * @param grantee who may call it
     * @param alias the name under which the grantee knows it
     * @param actor who asks
     * @return what became of it; granting the same again changes nothing
     */
    public GrantResult grant(TenantId owner, ModelName model, TenantId grantee, ModelName alias, Actor actor) {
        throw new UnsupportedOperationException("models cannot be granted yet");
    }

    /**
     * Takes a grant back.
     *
     * @param owner whose model it is
     * @param grantee who may call it no longer
     * @param alias the name under which the grantee knows it
     * @param actor who asks
     * @return false if there is no such grant
     */
    public boolean revoke(TenantId owner, TenantId grantee, ModelName alias, Actor actor) {
        throw new UnsupportedOperationException("models cannot be granted yet");
    }
}
