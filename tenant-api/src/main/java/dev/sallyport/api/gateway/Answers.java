package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.Stages.Inspected;
import dev.sallyport.api.oip.Answer;
import dev.sallyport.api.oip.AnswerWriter;
import dev.sallyport.format.BudgetFact;
import dev.sallyport.inference.Reply;
import dev.sallyport.ledger.budget.Reservation;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes the answer of a call whose outputs were released. */
final class Answers {
    private Answers() {}

    static Answered.Waiting of(Inspected inspected, Reply.Released released) {
        var asked = inspected.admitted().asked();
        var model = asked.addressed().model();
        Answer answer = new Answer(
                model.alias().value(),
                model.manifest().version().value(),
                asked.request().id(),
                asked.record(),
                inspected.admitted().governed().policy().digest(),
                released.tier(),
                remaining(inspected.reserved().reservation()),
                released.outputs());
        return new Answered.Waiting(answer, AnswerWriter.write(answer, asked.request()::binary));
    }

    private static OptionalLong remaining(@Nullable Reservation reservation) {
        return reservation == null
                ? OptionalLong.empty()
                : reservation.remaining().stream()
                        .mapToLong(BudgetFact::remaining)
                        .min();
    }
}
