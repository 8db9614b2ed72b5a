package dev.sallyport.api.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An error answer, thrown by whoever finds it and written once at the edge as RFC 9457 has it. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient JsonArray problems;

    private Problem(ProblemCode code, String detail, JsonArray problems) {
        super(detail, null, false, false);
        this.code = code;
        this.problems = problems;
    }

    /**
     * A problem.
     *
     * @param code which; it has the HTTP status
     * @param detail a sentence that names what is at fault and what is allowed; never a secret
     */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, new JsonArray());
    }

    /** The request is malformed: 400. */
    public static Problem malformed(String detail) {
        return of(ProblemCode.MALFORMED, detail);
    }

    /** There is no such thing, or not for this caller: 404. Which of these, nobody is told. */
    public static Problem notFound() {
        return of(ProblemCode.NOT_FOUND, "there is no such thing");
    }

    /**
     * The content is well-formed and wrong: 422.
     *
     * @param detail what is wrong
     * @param problems each with {@code message} and where it stands
     */
    public static Problem unprocessable(String detail, JsonArray problems) {
        return new Problem(ProblemCode.UNPROCESSABLE, detail, problems);
    }

    /** One member of a JSON body is wrong: 422. */
    public static Problem unprocessable(String field, String sentence) {
        return unprocessable(
                sentence,
                new JsonArray().add(new JsonObject().put("message", sentence).put("path", field)));
    }

    /** The database does not answer: 503. */
    public static Problem unavailable() {
        return of(ProblemCode.UNAVAILABLE, "the ledger cannot be reached; nothing was done; try again");
    }

    /** Which it is. */
    public ProblemCode code() {
        return code;
    }

    /** The body, for {@code application/problem+json}. */
    JsonObject body() {
        JsonObject body = new JsonObject()
                .put("type", "urn:sallyport:error:" + code.name())
                .put("title", code.name())
                .put("status", code.status())
                .put("code", code.name())
                .put("detail", getMessage());
        return problems.isEmpty() ? body : body.put("problems", problems);
    }
}
