package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code outputs}: which of the model's outputs are wanted, and in which form. */
final class OutputsReader {
    private final JsonScanner json;
    private final Signature signature;
    private final List<Wanted> wanted = new ArrayList<>(2);

    /** An output by its signature; {@code binary} is null where the request leaves it to its own default. */
    private record Wanted(TensorSpec spec, @Nullable Boolean binary) {}

    OutputsReader(JsonScanner json, Signature signature) {
        this.json = json;
        this.signature = signature;
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Reads the array at the scanner's position, or null. */
    void read() {
        if (json.takeNull()) {
            return;
        }
        if (json.peek() != '[') {
            throw new MalformedRequest(ErrorCode.REQUEST_INVALID, "outputs is an array of objects");
        }
        json.expect('[');
        while (json.next(wanted.isEmpty(), ']')) {
            Wanted output = output("outputs[" + wanted.size() + "]");
            if (wanted.stream().anyMatch(other -> other.spec().equals(output.spec()))) {
                throw new MalformedRequest(
                        ErrorCode.OUTPUT_INVALID,
                        "outputs names " + output.spec().name() + " twice");
            }
            wanted.add(output);
        }
    }

    private Wanted output(String label) {
        @Nullable String[] name = {null};
        @Nullable Boolean[] binary = {null};
        Members members = new Members(json, label);
        while (members.next()) {
            switch (members.name()) {
                case "name" -> name[0] = Parameters.text(json, label + ".name");
                case "parameters" ->
                    Parameters.read(json, label + ".parameters", parameter -> {
                        switch (parameter) {
                            case "binary_data" -> binary[0] = Parameters.bool(json, label + ".parameters.binary_data");
                            case "classification", "shared_memory_region" ->
                                Parameters.onlyOff(json, label + ".parameters." + parameter);
                            default -> Parameters.skip(json, label + ".parameters");
                        }
                    });
                default -> throw members.unknown("name, parameters");
            }
        }
        return new Wanted(spec(label, name[0]), binary[0]);
    }

    private TensorSpec spec(String label, @Nullable String name) {
        if (name == null) {
            throw new MalformedRequest(ErrorCode.OUTPUT_INVALID, label + " needs a name");
        }
        return signature
                .output(name)
                .orElseThrow(() -> new MalformedRequest(
                        ErrorCode.OUTPUT_UNKNOWN,
                        label + " is no output of the model; allowed: " + SignatureCheck.names(signature.outputs())));
    }

    /**
     * What was read.
     *
     * @param binaryByDefault for outputs that do not say, and for all when none is named
     */
    List<OutputRequest> finish(boolean binaryByDefault) {
        if (wanted.isEmpty()) {
            signature.outputs().forEach(spec -> check(spec, binaryByDefault));
            return List.of();
        }
        List<OutputRequest> outputs = new ArrayList<>(wanted.size());
        for (Wanted output : wanted) {
            boolean binary = output.binary() == null ? binaryByDefault : output.binary();
            check(output.spec(), binary);
            outputs.add(new OutputRequest(output.spec().name(), binary));
        }
        return outputs;
    }

    private static void check(TensorSpec spec, boolean binary) {
        if (spec.datatype() == Datatype.FP16 && !binary) {
            throw new MalformedRequest(
                    ErrorCode.OUTPUT_INVALID,
                    "output " + spec.name() + " is FP16, which JSON cannot carry: ask for it with binary_data");
        }
    }
}
