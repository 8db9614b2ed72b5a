package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.DecisionRecords.Made;
import dev.sallyport.api.gateway.Stages.Addressed;
import dev.sallyport.api.gateway.Stages.Admitted;
import dev.sallyport.api.gateway.Stages.Asked;
import dev.sallyport.api.gateway.Stages.Governed;
import dev.sallyport.api.gateway.Stages.Inspected;
import dev.sallyport.api.gateway.Stages.Reserved;
import dev.sallyport.api.http.Body;
import dev.sallyport.api.http.BodyRefused;
import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.InferRequest;
import dev.sallyport.api.oip.ReadResult;
import dev.sallyport.api.oip.RequestReader;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.policy.Admission;
import dev.sallyport.policy.AdmitFacts;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.InspectFacts;
import dev.sallyport.policy.Inspection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one inference: a straight line in and a straight line out. A step that refuses fails with
 * {@link CallRefused}, and nothing that was reserved stays so; a record that finds its decision stale sends the call back
 * to the beginning.
 */
final class Inference {
    private static final int ATTEMPTS = 3;
    /** How long an answer waits for its record: a database that takes longer has stopped, and the caller should know. */
    private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final GatewayPorts ports;
    private final GatewaySettings settings;
    private final Readiness readiness;
    private final Callers callers;
    private final Aside aside;
    private final Limits limits;
    private final DecisionRecords records;
    private final Outage reloads = new Outage("policies cannot be read", "policies can be read again");
    private final Outage subjects = new Outage("subjects cannot be recorded", "subjects can be recorded again");

    Inference(GatewayPorts ports, GatewaySettings settings, Readiness readiness, Callers callers) {
        this.ports = ports;
        this.settings = settings;
        this.readiness = readiness;
        this.callers = callers;
        this.aside = new Aside(ports.aside());
        this.limits = new Limits(ports.reservations(), ports.handles());
        this.records = new DecisionRecords(ports.mint(), settings.region());
    }

    /**
     * Takes a call through.
     *
     * @param body the call's
     * @return the answer, recorded; fails with {@link CallRefused}
     */
    Future<Answered> answer(Call call, Future<Body> body) {
        return attempt(call, body, 1);
    }

    private Future<Answered> attempt(Call call, Future<Body> body, int number) {
        return once(call, body)
                .recover(failure ->
                        failure instanceof DecisionStale ? again(call, body, number) : Future.failedFuture(failure));
    }

    private Future<Answered> again(Call call, Future<Body> body, int number) {
        var caller = call.caller();
        if (number == ATTEMPTS || caller == null) {
            return refuse(ErrorCode.STATE_CHANGED, "policies or keys change faster than calls are decided");
        }
        return call.here(ports.state().reload(caller.tenant()))
                .onSuccess(reloaded -> reloads.worked())
                .recover(failure -> {
                    reloads.failed(failure);
                    return refuse(ErrorCode.POLICY_UNAVAILABLE, "the policy cannot be read at the moment");
                })
                .compose(reloaded -> attempt(call, body, number + 1));
    }

    private Future<Answered> once(Call call, Future<Body> body) {
        return callers.identify(call)
                .compose(caller -> callers.model(call, caller).map(model -> new Addressed(call, caller, model)))
                .compose(addressed -> body.recover(BodyFailures::refused).compose(sent -> ask(addressed, sent)))
                .compose(this::govern)
                .compose(this::admit)
                .compose(limits::reserve)
                // In a step of its own, so that what it throws gives the rows back like what it fails with.
                .compose(reserved ->
                        Future.succeededFuture(reserved).compose(this::run).onFailure(failure -> reserved.release()));
    }

    private Future<Answered> run(Reserved reserved) {
        return inspect(reserved).compose(inspected -> {
            inspected.call().handedOver();
            return ports.worker().infer(Jobs.of(inspected)).compose(reply -> settle(inspected, reply));
        });
    }

    private Future<Asked> ask(Addressed addressed, Body body) {
        if (!readiness.recording()) {
            return refuse(ErrorCode.LEDGER_UNAVAILABLE, "nothing can be recorded at the moment");
        }
        return aside.work(
                        addressed.call(),
                        body.compressed() ? Integer.MAX_VALUE : body.length(),
                        () -> read(addressed, body))
                .compose(sent -> asked(addressed, sent));
    }

    private Future<Asked> asked(Addressed addressed, Sent sent) {
        Call call = addressed.call();
        call.asked(sent.request().rows());
        Declared declared = Declared.of(call.request().headers(), sent.request(), addressed.caller());
        String record = ports.mint().id();
        return pseudonyms(addressed, record, declared)
                .map(names -> new Asked(addressed, sent.request(), declared, sent.bytes(), record, names));
    }

    /** A body's request, and its length after decompression. */
    private record Sent(InferRequest request, int bytes) {}

    private Sent read(Addressed addressed, Body body) {
        byte[] bytes;
        try {
            bytes = body.bytes(settings.maxInflatedBytes());
        } catch (BodyRefused refused) {
            throw new CallRefused(BodyFailures.denial(refused));
        }
        String length = addressed.call().request().getHeader(RequestReader.JSON_LENGTH_HEADER);
        return switch (RequestReader.read(
                bytes, length, addressed.model().manifest().signature())) {
            case ReadResult.Read read -> new Sent(read.request(), bytes.length);
            case ReadResult.Malformed malformed -> throw new CallRefused(Denial.of(malformed.refusal()));
        };
    }

    private Future<List<String>> pseudonyms(Addressed addressed, String record, Declared declared) {
        if (declared.subjects().isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return addressed
                .call()
                .here(ports.pseudonyms().of(addressed.caller().tenant(), record, declared.subjects()))
                .onSuccess(names -> subjects.worked())
                .recover(failure -> {
                    subjects.failed(failure);
                    return refuse(ErrorCode.LEDGER_UNAVAILABLE, "subjects cannot be recorded at the moment");
                });
    }

    private Future<Governed> govern(Asked asked) {
        Addressed addressed = asked.addressed();
        return asked.call()
                .here(ports.policies().policyFor(addressed.caller().tenant(), addressed.model()))
                .compose(lookup -> switch (lookup) {
                    case PolicyLookup.Found found -> governed(asked, found);
                    case PolicyLookup.Unavailable unavailable ->
                        refuse(ErrorCode.POLICY_UNAVAILABLE, "the policy cannot be read at the moment");
                });
    }

    private Future<Governed> governed(Asked asked, PolicyLookup.Found found) {
        Addressed addressed = asked.addressed();
        var epochs =
                addressed.caller().epochs().earliest(addressed.model().epochs()).earliest(found.epochs());
        return switch (found.policy()) {
            case Combination.Effective effective ->
                Future.succeededFuture(new Governed(asked, effective.policy(), epochs));
            case Combination.Contradiction contradiction ->
                deny(Made.contradicted(asked, epochs, contradiction.digest()), contradiction.decision());
        };
    }

    private Future<Admitted> admit(Governed governed) {
        Asked asked = governed.asked();
        Addressed addressed = asked.addressed();
        AdmitFacts facts = new AdmitFacts(
                addressed.caller().tenant(),
                addressed.caller().keyId(),
                addressed.caller().role().wireName(),
                List.of(),
                addressed.model().facts(),
                AdmitFacts.PREDICT,
                asked.declared().purpose(),
                asked.request().rows(),
                !asked.declared().subjects().isEmpty(),
                asked.bytes(),
                settings.region(),
                ports.clock().instant());
        Admission admission = governed.policy().admit(facts);
        Admitted admitted = new Admitted(governed, facts, admission);
        return admission.decision() instanceof Decision.Permit
                ? Future.succeededFuture(admitted)
                : deny(Made.at(admitted), admission.decision());
    }

    private Future<Inspected> inspect(Reserved reserved) {
        Admitted admitted = reserved.admitted();
        Asked asked = admitted.asked();
        EffectivePolicy policy = admitted.governed().policy();
        SentFields fields = new SentFields(
                asked.request(), asked.addressed().model().manifest().signature(), policy::namesField);
        InspectFacts facts = new InspectFacts(admitted.facts(), fields);
        return aside.work(asked.call(), asked.bytes(), () -> policy.inspect(facts))
                .compose(inspection -> inspected(reserved, fields, inspection));
    }

    private Future<Inspected> inspected(Reserved reserved, SentFields fields, Inspection inspection) {
        Admitted admitted = reserved.admitted();
        Made made = Made.at(admitted).with(inspection);
        if (!(inspection.decision() instanceof Decision.Permit)) {
            return deny(made, inspection.decision());
        }
        List<Tensor> tensors;
        try {
            tensors = Transformation.apply(inspection, admitted.asked().request(), fields);
        } catch (CallRefused refused) {
            return refused.denial().refusal().code().equals(ErrorCode.OBLIGATION_UNMET.name())
                    ? deny(made, unsupported(refused, inspection))
                    : Future.failedFuture(refused);
        }
        return Future.succeededFuture(new Inspected(reserved, inspection, fields, tensors));
    }

    private static Decision unsupported(CallRefused refused, Inspection inspection) {
        var refusal = refused.denial().refusal();
        Decision asked = inspection.decision();
        return new Decision.Deny(
                refusal.code(), refusal.sentence(), asked.determining(), asked.evaluated(), asked.missingFacts());
    }

    private Future<Answered> settle(Inspected inspected, Reply reply) {
        return switch (reply) {
            case Reply.Released released -> release(inspected, released);
            case Reply.Held held -> deny(Made.at(inspected.admitted()).with(inspected, held.facts()), held.decision());
            case Reply.Refused refused ->
                deny(Made.at(inspected.admitted()).with(inspected, refused.facts()), refused.decision());
            case Reply.Failed failed -> Future.failedFuture(new CallRefused(WorkerFailures.denial(failed)));
        };
    }

    private Future<Answered> release(Inspected inspected, Reply.Released released) {
        Answered.Waiting answer = Answers.of(inspected, released);
        Made made = Made.at(inspected.admitted()).with(inspected, released.facts());
        AuditRecord record = records.permit(made, inspected, released.decision());
        return append(inspected.call(), record, inspected.reserved().reservation())
                .map(committed -> answer.committed(committed.receipt()));
    }

    /** Records a decision that is no permit, and then refuses. */
    private <T> Future<T> deny(Made made, Decision decision) {
        var refusal = PolicyAnswers.refusal(decision);
        AuditRecord record = records.refuse(made, PolicyAnswers.effect(decision), refusal.code(), decision);
        Denial denial = Denial.of(refusal).under(decision.determining(), made.policy());
        return append(made.asked().call(), record, null)
                .compose(committed -> Future.failedFuture(new CallRefused(denial.committed(committed))));
    }

    /** Completes when the record is durable. */
    private Future<AppendResult.Committed> append(Call call, AuditRecord record, @Nullable Reservation reservation) {
        return call.here(ports.records().append(Append.of(record, reservation, call.patience(RECORD_TIMEOUT))))
                .compose(result -> switch (result) {
                    case AppendResult.Committed committed -> Future.succeededFuture(committed);
                    case AppendResult.Stale stale -> Future.failedFuture(new DecisionStale());
                    case AppendResult.Unavailable unavailable ->
                        Future.failedFuture(new CallRefused(Denial.unavailable(
                                        ErrorCode.LEDGER_UNAVAILABLE,
                                        "the answer could not be recorded, so it is not given",
                                        unavailable.retryAfter())
                                .unconfirmed(record.id())));
                });
    }

    private static <T> Future<T> refuse(ErrorCode code, String sentence) {
        return Future.failedFuture(new CallRefused(Denial.unavailable(code, sentence, SOON)));
    }
}
