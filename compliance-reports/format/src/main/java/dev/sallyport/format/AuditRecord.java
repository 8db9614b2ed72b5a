package dev.sallyport.format;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of one decision, act or observation, version 1: what the ledger stores, digests and proves. It is never
 * migrated. {@code docs/record-format.md} tells each field's form; a null, an empty collection and {@link Facts#NONE}
 * are left out of the bytes.
 *
 * @param id the record's id, a ULID minted by the node
 * @param tenant whose record it is; {@code platform} when nobody else's
 * @param kind what it tells of
 * @param at when it was decided or happened, µs since the epoch, UTC; at least 0
 * @param node the node that wrote it
 * @param generation the node's generation, at least 0
 * @param retention how long it is kept at least
 * @param principal who asked
 * @param action what was asked or done: {@code predict}, {@code policy.publish}
 * @param software the version of the service that decided
 * @param request the id of the request
 * @param effect what was decided; present exactly for decisions
 * @param code the stable code of a refusal, {@code FIELD_FORBIDDEN}
 * @param count how many equal events within one second it stands for, at least 1
 * @param epochs the state under which it was decided; absent where no state was consulted
 * @param policy the effective policy's digest, 64 lower-case hexadecimal digits
 * @param model the model version named by the call
 * @param rules the determining rules
 * @param controls the controls that the decision serves
 * @param facts the facts it was made from
 * @param charges what the answer used of budgets
 * @param subjects the pseudonym of each row's subject in the rows' order: lower-case hexadecimal HMAC-SHA-256
 * @param hashed the salted hashes of guessable or personal facts, by the fact's name
 * @param act what was changed or seen; present exactly for acts and observations
 * @param refers the ids of other records that this one is about
 * @param payload the SHA-256 of the sealed payload that belongs to it
 */
public record AuditRecord(
        String id,
        String tenant,
        RecordKind kind,
        long at,
        String node,
        long generation,
        RetentionClass retention,
        Principal principal,
        String action,
        @Nullable String software,
        @Nullable String request,
        @Nullable Effect effect,
        @Nullable String code,
        long count,
        @Nullable Epochs epochs,
        @Nullable String policy,
        @Nullable ModelRef model,
        List<RuleRef> rules,
        List<String> controls,
        Facts facts,
        List<Charge> charges,
        List<String> subjects,
        Map<String, String> hashed,
        @Nullable Act act,
        List<String> refers,
        @Nullable String payload) {

    /** The version of the form. */
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException if a part has not the form above */
    public AuditRecord {
        require(Ulid.isUlid(id), "a record's id is a ULID");
        require(!tenant.isEmpty() && !node.isEmpty() && !action.isEmpty(), "a record names tenant, node and action");
        require(at >= 0 && generation >= 0 && count >= 1, "at and generation are at least 0, count at least 1");
        require((effect != null) == (kind == RecordKind.DECISION), "a decision, and nothing else, has an effect");
        require((act == null) == (kind == RecordKind.DECISION), "an act and an observation, nothing else, have an act");
        require(policy == null || Sha256.isHex(policy), "a policy's digest is 64 lower-case hexadecimal digits");
        require(payload == null || Sha256.isHex(payload), "a payload's digest is 64 lower-case hexadecimal digits");
        rules = List.copyOf(rules);
        controls = List.copyOf(controls);
        charges = List.copyOf(charges);
        subjects = List.copyOf(subjects);
        refers = List.copyOf(refers);
        hashed = Canonical.strings(hashed);
    }

    /**
     * Returns the canonical bytes, whose SHA-256 is the record's digest.
     *
     * @throws IllegalArgumentException if a text has an unpaired surrogate or a number is beyond 2^53 − 1
     */
    public byte[] encode() {
        return RecordEncoder.encode(this);
    }

    /**
     * Reads a record of version 1.
     *
     * @param bytes the canonical bytes
     * @throws FormatException if they are not exactly the bytes of a record of version 1: another version, a name
     *     that it does not have, an absent fact written as null or empty, another order
     */
    public static AuditRecord parse(byte[] bytes) {
        return RecordDecoder.decode(bytes);
    }

    /** Returns when it was decided or happened. */
    public Instant instant() {
        return Instant.EPOCH.plus(at, ChronoUnit.MICROS);
    }

    /** Returns when the id was minted, to the millisecond: the time by which the ledger files the record. */
    public Instant idInstant() {
        return Ulid.parse(id).instant();
    }

    /** Returns the record with another count. */
    public AuditRecord withCount(long count) {
        return with(principal, count);
    }

    /** Returns the record with another principal. */
    public AuditRecord withPrincipal(Principal principal) {
        return with(principal, count);
    }

    private AuditRecord with(Principal principal, long count) {
        return new AuditRecord(
                id,
                tenant,
                kind,
                at,
                node,
                generation,
                retention,
                principal,
                action,
                software,
                request,
                effect,
                code,
                count,
                epochs,
                policy,
                model,
                rules,
                controls,
                facts,
                charges,
                subjects,
                hashed,
                act,
                refers,
                payload);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
