package dev.sallyport.api.models;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.format.Sha256;
import dev.sallyport.inference.ManifestCodec;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.StoredModel;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Registers model versions and grants models to tenants; each act is recorded in the transaction that does it. Every
 * call blocks on database and disk: call it on a virtual thread. Safe for many threads.
 */
public final class ModelRegistry {
    private final Acts acts;
    private final PlatformSigner signer;
    private final ArtefactFolder artefacts;

    /**
     * Makes the one instance.
     *
     * @param acts performs and records
     * @param signer signs manifests
     * @param artefacts keeps artefacts
     */
    public ModelRegistry(Acts acts, PlatformSigner signer, ArtefactFolder artefacts) {
        this.acts = acts;
        this.signer = signer;
        this.artefacts = artefacts;
    }

    /**
     * Keeps an artefact and its manifest, signed by the platform's signer.
     *
     * @param manifest what the version is; its digest must be the artefact's
     * @param artefact the model's bytes: ONNX or Tribuo protobuf
     * @param actor who asks
     * @return what became of it; registering the same again changes nothing
     * @throws UncheckedIOException if the artefact cannot be written
     */
    public Registration register(ModelManifest manifest, byte[] artefact, Actor actor) {
        if (!Sha256.hex(artefact).equals(manifest.digest())) {
            return new Registration.Invalid("the manifest's digest is not the artefact's");
        }
        keep(artefact);
        byte[] bytes = ManifestCodec.encode(manifest);
        Registration result = acts.perform(manifest.owner(), actor, scoped -> {
            if (!GrantTable.tenantIsLive(scoped)) {
                return new Registration.Invalid("there is no tenant " + manifest.owner());
            }
            Optional<StoredModel> known = VersionTable.find(scoped, manifest.ref());
            if (known.isPresent()) {
                return Arrays.equals(known.get().manifest(), bytes)
                        ? new Registration.Registered(manifest, false)
                        : new Registration.Conflict(manifest.ref() + " is registered with other content");
            }
            VersionTable.insert(scoped, manifest, new StoredModel(bytes, signer.sign(bytes)));
            String object = "models/" + manifest.name().value() + "/versions/"
                    + manifest.version().value();
            acts.record(
                    scoped,
                    actor,
                    "model.register",
                    object,
                    null,
                    manifest.digest(),
                    Map.of("runtime", manifest.runtime(), "manifest", Sha256.hex(bytes)));
            // Whoever it is granted to may call another version from now on.
            scoped.raiseEpoch(TenantId.PLATFORM);
            return new Registration.Registered(manifest, true);
        });
        acts.changed(TenantId.PLATFORM);
        return result;
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
        GrantResult result = acts.perform(owner, actor, scoped -> {
            if (!GrantTable.ownerHas(scoped, model)) {
                return new GrantResult.Unknown(owner + " has no model " + model.value());
            }
            if (!scoped.within(grantee, GrantTable::tenantIsLive)) {
                return new GrantResult.Unknown("there is no tenant " + grantee);
            }
            Optional<GrantTable.Grant> known = scoped.within(grantee, within -> GrantTable.find(within, alias));
            if (known.isPresent() && !known.get().revoked()) {
                return known.get().owner().equals(owner.value())
                                && known.get().model().equals(model.value())
                        ? new GrantResult.Granted()
                        : new GrantResult.Taken(grantee + " knows another model as " + alias.value());
            }
            if (scoped.within(grantee, within -> GrantTable.ownerHas(within, alias))) {
                return new GrantResult.Taken(grantee + " has a model " + alias.value() + " of its own");
            }
            GrantTable.put(scoped, model, grantee, alias);
            record(scoped, actor, "model.grant", model.value(), grantee, alias);
            return new GrantResult.Granted();
        });
        acts.changed(grantee);
        return result;
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
        boolean revoked = acts.perform(owner, actor, scoped -> {
            boolean done = GrantTable.revoke(scoped, grantee, alias);
            if (done) {
                record(scoped, actor, "model.revoke", "", grantee, alias);
            }
            return done;
        });
        acts.changed(grantee);
        return revoked;
    }

    private void record(Scoped scoped, Actor actor, String action, String model, TenantId grantee, ModelName alias)
            throws SQLException {
        Map<String, String> details = new TreeMap<>(Map.of("grantee", grantee.value(), "alias", alias.value()));
        if (!model.isEmpty()) {
            details.put("model", model);
        }
        acts.record(scoped, actor, action, "grants/" + grantee + "/" + alias.value(), null, null, details);
        scoped.raiseEpoch(grantee);
    }

    private void keep(byte[] artefact) {
        try {
            artefacts.put(artefact);
        } catch (IOException e) {
            throw new UncheckedIOException("the artefact cannot be written", e);
        }
    }
}
