package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.export.Continuation;
import dev.sallyport.format.export.ExportedRange;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.verifier.Report.Assurance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One verification of a package. */
final class Verification {
    private final Request request;
    private final Findings findings = new Findings();
    private Optional<Report.Subject> subject = Optional.empty();
    private boolean anchored;
    private boolean witnessed;

    private Verification(Request request) {
        this.request = request;
    }

    /**
     * Verifies a package.
     *
     * @throws UnreadableException if a file that was named cannot be used
     */
    static Report run(Request request) {
        return new Verification(request).run();
    }

    private Report run() {
        List<VerifierKey> keys = BroughtFiles.logKeys(request.logKey());
        try (Archive archive = Archive.open(request.file())) {
            check(archive, keys);
        } catch (PackageException e) {
            findings.broken(Code.PACKAGE_MALFORMED, "the package cannot be read: " + e.getMessage());
        }
        return new Report(subject, assurance(), findings.list());
    }

    private Optional<Assurance> assurance() {
        if (findings.anyBroken()) {
            return Optional.empty();
        }
        return Optional.of(witnessed ? Assurance.WITNESSED : anchored ? Assurance.ANCHORED : Assurance.SELF_ATTESTED);
    }

    private void check(Archive archive, List<VerifierKey> keys) {
        ExportedRange range = range(archive);
        byte[] bytes = archive.text(Member.CHECKPOINT);
        TenantVerdict verdict = TenantCheckpoint.verify(bytes, range.tenant(), keys);
        if (!(verdict instanceof TenantVerdict.Valid valid)) {
            refuse(verdict);
            return;
        }
        var signed = new Signed(valid, TenantCheckpoint.parse(bytes).round().index(), keys);
        if (range.to() > signed.tree().size()) {
            throw new PackageException("range.json goes beyond the tree that the checkpoint signs");
        }
        subject = Optional.of(new Report.Subject(
                signed.tenant(),
                range.from(),
                range.to(),
                signed.tree().size(),
                signed.origin(),
                signed.log().size(),
                signed.round().sequencedAt()));
        findings.held(
                Code.CHECKPOINT_SIGNED,
                "the log has signed a tree of size " + signed.tree().size() + " for " + signed.tenant());
        checkUnder(signed, range, archive);
    }

    private static ExportedRange range(Archive archive) {
        try {
            return ExportedRange.parse(archive.text(Member.RANGE));
        } catch (FormatException e) {
            throw new PackageException("range.json: " + e.getMessage());
        }
    }

    private void refuse(TenantVerdict verdict) {
        switch (verdict) {
            case TenantVerdict.Valid valid -> throw new IllegalStateException("it is valid");
            case TenantVerdict.Malformed(String why) -> throw new PackageException("checkpoint.json: " + why);
            case TenantVerdict.OtherTenant other ->
                findings.broken(Code.CHECKPOINT_OTHER_TENANT, "the checkpoint is another tenant's than the range");
            case TenantVerdict.CheckpointRefused(CheckpointVerdict.BadSignature bad) ->
                findings.broken(
                        Code.CHECKPOINT_BAD_SIGNATURE,
                        "the checkpoint claims to be signed by the log key "
                                + bad.key().label() + " and is not");
            case TenantVerdict.CheckpointRefused(CheckpointVerdict.Malformed(String why)) ->
                throw new PackageException("checkpoint.json: " + why);
            case TenantVerdict.CheckpointRefused refused ->
                findings.broken(
                        Code.CHECKPOINT_NOT_SIGNED, "the checkpoint is not signed by a log key that you brought");
            case TenantVerdict.NotInPlatformLog not ->
                findings.broken(Code.ROUND_NOT_IN_LOG, "the round is not in the log that was signed");
            case TenantVerdict.NotInRound not ->
                findings.broken(Code.TENANT_NOT_IN_ROUND, "the tenant's tree is not in the round that was signed");
        }
    }

    private void checkUnder(Signed signed, ExportedRange exported, Archive archive) {
        var previous = new PreviousCheck(signed, findings);
        request.previous().forEach(previous::read);
        var receipts = new ReceiptCheck(signed, findings);
        request.receipts().ifPresent(file -> receipts.read(file, archive));
        Continuations continuations = Continuations.read(archive);

        var range = new RangeCheck(signed, exported, findings, receipts, previous.sizes());
        range.run(archive);
        new RoundCheck(signed, findings).run(archive);
        boolean receipted = receipts.conclude(exported, range.firstTime());
        var log = new Continuity(signed.log(), continuations.of(Continuation.Tree.LOG), Map.of());
        var tree = new Continuity(signed.tree(), continuations.of(Continuation.Tree.TENANT), range.heads());
        boolean continued = previous.run(tree, log);
        anchored = receipted || continued;
        witness(signed, log);
        findings.notChecked(
                Code.DECISIONS_NOT_REPLAYED, "whether each decision follows from its policy and facts is not checked");
    }

    private void witness(Signed signed, Continuity log) {
        if (request.witness().isPresent()) {
            witnessed = new WitnessCheck(signed, findings, log)
                    .run(request.witness().get());
            return;
        }
        findings.notChecked(
                Code.NO_WITNESS,
                anchored
                        ? "no outside witness: what whoever holds the log key and the database rewrote, left out or forked"
                                + " since the newest checkpoint or receipt that you brought is not catchable without a"
                                + " witness"
                        : "no outside witness: that whoever holds the log key and the database rewrote the log, cut it"
                                + " back, left out records or forked it is not catchable without a witness");
    }
}
