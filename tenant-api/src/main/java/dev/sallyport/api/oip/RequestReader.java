package dev.sallyport.api.oip;

import dev.sallyport.inference.Signature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an inference request from its bytes: JSON, or JSON followed by binary tensors (the protocol's
 * {@code binary_tensor_data} extension). One pass, no object a value, bounded by the body's own length. KServe's client
 * names the model in the body as well; that name is accepted and not looked at.
 */
public final class RequestReader {
    /** Header that says how long the JSON is when binary tensors follow it. */
    public static final String JSON_LENGTH_HEADER = "Inference-Header-Content-Length";

    private static final int MAX_INPUTS = 1024;
    private static final int MAX_ID = 256;
    private static final String ALLOWED = "id, inputs, outputs, parameters";

    private final JsonScanner json;
    private final Signature signature;
    private final BinarySection section;
    private final List<InputReader> inputs = new ArrayList<>(4);
    private final OutputsReader outputs;
    private @Nullable String id;
    private @Nullable String purpose;
    private @Nullable String subject;
    private @Nullable Boolean binaryOutput;

    private RequestReader(byte[] body, @Nullable String jsonLength, Signature signature) {
        int length = jsonLength == null ? body.length : length(jsonLength, body.length);
        this.json = new JsonScanner(body, length);
        this.section = new BinarySection(body, jsonLength != null, length);
        this.signature = signature;
        this.outputs = new OutputsReader(json, signature);
    }

    /**
     * Reads a request.
     *
     * @param body the whole body, decompressed; shared with the tensors of the result, so not to be modified or read
     *     again
     * @param jsonLength the header {@value #JSON_LENGTH_HEADER}; null when there is none
     * @param signature the model's
     * @return the request, or what is wrong with it
     */
    public static ReadResult read(byte[] body, @Nullable String jsonLength, Signature signature) {
        try {
            return new ReadResult.Read(new RequestReader(body, jsonLength, signature).read());
        } catch (MalformedRequest e) {
            return new ReadResult.Malformed(e.refusal());
        }
    }

    private static int length(String header, int bodyLength) {
        boolean digits =
                !header.isEmpty() && header.length() <= 10 && header.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(header) > bodyLength) {
            throw new MalformedRequest(
                    ErrorCode.BINARY_MALFORMED,
                    JSON_LENGTH_HEADER + " is the number of bytes of the body's JSON, at most the body's length");
        }
        int length = Integer.parseInt(header);
        if (length == 0) {
            throw new MalformedRequest(
                    ErrorCode.UNSUPPORTED, "a raw binary request, whose JSON has length 0, is not supported");
        }
        return length;
    }

    private InferRequest read() {
        Members members = new Members(json, "the request");
        while (members.next()) {
            member(members);
        }
        if (!json.ended()) {
            throw json.malformed("more after the request");
        }
        if (inputs.isEmpty()) {
            throw new MalformedRequest(ErrorCode.REQUEST_INVALID, "inputs is missing: it is an array of tensors");
        }
        return request();
    }

    private void member(Members members) {
        switch (members.name()) {
            case "id" -> id = id();
            case "model_name", "model_version" -> optionalText(members.name());
            case "parameters" -> Parameters.read(json, "parameters", this::parameter);
            case "inputs" -> inputs();
            case "outputs" -> outputs.read();
            default -> throw members.unknown(ALLOWED);
        }
    }

    private void parameter(String name) {
        switch (name) {
            case "purpose" -> purpose = Parameters.text(json, "parameters.purpose");
            case "subject" -> subject = Parameters.text(json, "parameters.subject");
            case "binary_data_output" -> binaryOutput = Parameters.bool(json, "parameters.binary_data_output");
            case "sequence_id" -> Parameters.onlyOff(json, "parameters.sequence_id");
            default -> Parameters.skip(json, "parameters");
        }
    }

    private void inputs() {
        if (json.peek() != '[') {
            throw new MalformedRequest(ErrorCode.REQUEST_INVALID, "inputs is an array of tensors");
        }
        json.expect('[');
        while (json.next(inputs.isEmpty(), ']')) {
            if (inputs.size() == MAX_INPUTS) {
                throw new MalformedRequest(
                        ErrorCode.REQUEST_INVALID, "inputs has more than " + MAX_INPUTS + " tensors");
            }
            InputReader input = new InputReader(json, inputs.size());
            input.read();
            inputs.add(input);
        }
    }

    private @Nullable String id() {
        String text = optionalText("id");
        if (text != null && text.length() > MAX_ID) {
            throw new MalformedRequest(ErrorCode.REQUEST_INVALID, "id is at most " + MAX_ID + " characters");
        }
        return text;
    }

    private @Nullable String optionalText(String member) {
        return json.takeNull() ? null : Parameters.text(json, member);
    }

    private InferRequest request() {
        SignatureCheck check = new SignatureCheck(signature);
        boolean anyBinary = false;
        for (InputReader input : inputs) {
            check.accept(input.label(), input.tensor(section));
            anyBinary |= input.binary();
        }
        section.finish();
        check.finish();
        boolean binary = binaryOutput != null ? binaryOutput : anyBinary && outputs.isEmpty();
        return new InferRequest(
                id,
                check.declared(),
                check.undeclared(),
                check.rows(),
                outputs.finish(binary),
                binary,
                purpose,
                subject,
                check.subjects());
    }
}
