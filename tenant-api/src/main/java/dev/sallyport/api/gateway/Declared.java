package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.InferRequest;
import io.vertx.core.MultiMap;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a call declares of itself, by header or by parameter.
 *
 * @param purpose what the answer is wanted for; the key's own purpose where the call names none; null where neither does
 * @param subjects whom each row is about, one a row; empty where nobody said
 */
record Declared(@Nullable String purpose, List<String> subjects) {
    static final String PURPOSE = "Sallyport-Purpose";
    static final String SUBJECT = "Sallyport-Subject";

    private static final Pattern PURPOSE_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}");
    private static final int MAX_SUBJECT = 256;

    Declared {
        subjects = List.copyOf(subjects);
    }

    /**
     * Puts headers and parameters together.
     *
     * @throws CallRefused 400 where a header and a parameter, or two headers, differ or have not the form
     */
    static Declared of(MultiMap headers, InferRequest request, Caller caller) {
        String purpose = one("purpose", header(headers, PURPOSE), request.purpose());
        if (purpose != null && !PURPOSE_FORM.matcher(purpose).matches()) {
            throw refused(
                    ErrorCode.DECLARATION_INVALID,
                    "a purpose is 1 to 64 of A-Z, a-z, 0-9, _, ., : and -, beginning with a letter or digit");
        }
        String subject = one("subject", header(headers, SUBJECT), request.subject());
        return new Declared(purpose == null ? caller.purpose() : purpose, subjects(subject, request));
    }

    private static List<String> subjects(@Nullable String subject, InferRequest request) {
        if (subject == null) {
            return request.subjects();
        }
        if (subject.isEmpty() || subject.length() > MAX_SUBJECT) {
            throw refused(ErrorCode.DECLARATION_INVALID, "a subject is 1 to " + MAX_SUBJECT + " characters");
        }
        if (request.subjects().stream().anyMatch(other -> !other.equals(subject))) {
            throw refused(
                    ErrorCode.DECLARATION_CONFLICT,
                    "the tensor sallyport_subject and " + SUBJECT + " or parameter \"subject\" differ");
        }
        return Collections.nCopies(request.rows(), subject);
    }

    private static @Nullable String header(MultiMap headers, String name) {
        String first = headers.get(name);
        if (first != null && headers.getAll(name).stream().anyMatch(other -> !other.equals(first))) {
            throw refused(ErrorCode.DECLARATION_CONFLICT, "the header " + name + " comes twice and differs");
        }
        return first;
    }

    private static @Nullable String one(String what, @Nullable String header, @Nullable String parameter) {
        if (header != null && parameter != null && !header.equals(parameter)) {
            throw refused(
                    ErrorCode.DECLARATION_CONFLICT,
                    "the header and the parameter \"" + what + "\" are both given and differ");
        }
        return header == null ? parameter : header;
    }

    private static CallRefused refused(ErrorCode code, String sentence) {
        return new CallRefused(Denial.of(code, sentence));
    }
}
