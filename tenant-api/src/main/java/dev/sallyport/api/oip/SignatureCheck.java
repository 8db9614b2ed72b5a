package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a request's tensors with the model's signature and sorts them: declared, subjects, undeclared. */
final class SignatureCheck {
    /** The tensor that says whom each row is about; no model sees it. */
    static final String SUBJECT = "sallyport_subject";

    private static final int MAX_SUBJECT = 256;

    private final Signature signature;
    private final List<Tensor> declared = new ArrayList<>(4);
    private final List<Tensor> undeclared = new ArrayList<>(0);
    private final List<String> subjects = new ArrayList<>(0);
    private final Set<String> names = new HashSet<>(8);
    private long rows;

    SignatureCheck(Signature signature) {
        this.signature = signature;
    }

    /**
     * Takes the next tensor.
     *
     * @param label how errors name it
     */
    void accept(String label, Tensor tensor) {
        if (!names.add(tensor.name())) {
            throw new MalformedRequest(ErrorCode.INPUT_INVALID, label + " has the name of another input");
        }
        if (rows == 0) {
            rows = tensor.rows();
        }
        if (tensor.rows() != rows || rows > Integer.MAX_VALUE) {
            throw new MalformedRequest(
                    ErrorCode.SHAPE_MISMATCH, label + " has not as many rows, its first dimension, as inputs[0]");
        }
        TensorSpec spec = signature.input(tensor.name()).orElse(null);
        if (spec != null) {
            check(label, tensor, spec);
            declared.add(tensor);
        } else if (tensor.name().equals(SUBJECT)) {
            readSubjects(label, tensor);
        } else {
            undeclared.add(tensor);
        }
    }

    /** Refuses a request without an input that the model reads. */
    void finish() {
        List<TensorSpec> missing = signature.inputs().stream()
                .filter(spec -> !names.contains(spec.name()) && signature.reads(spec))
                .toList();
        if (!missing.isEmpty()) {
            String others = undeclared.isEmpty() ? "" : "; it has no others than " + names(signature.inputs());
            throw new MalformedRequest(
                    ErrorCode.INPUT_MISSING, "inputs lacks what the model needs: " + names(missing) + others);
        }
    }

    List<Tensor> declared() {
        return declared;
    }

    List<Tensor> undeclared() {
        return undeclared;
    }

    List<String> subjects() {
        return subjects;
    }

    int rows() {
        return (int) rows;
    }

    static String names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).collect(Collectors.joining(", "));
    }

    private static void check(String label, Tensor tensor, TensorSpec spec) {
        if (tensor.datatype() != spec.datatype()) {
            throw new MalformedRequest(
                    ErrorCode.DATATYPE_MISMATCH, label + ": " + spec.name() + " is declared as " + spec.datatype());
        }
        long[] shape = tensor.shape();
        boolean fits = shape.length == spec.shape().size();
        for (int i = 0; fits && i < shape.length; i++) {
            long wanted = spec.shape().get(i);
            fits = wanted == TensorSpec.VARIABLE || wanted == shape[i];
        }
        if (!fits) {
            throw new MalformedRequest(
                    ErrorCode.SHAPE_MISMATCH,
                    label + ": " + spec.name() + " is declared with shape " + spec.shape()
                            + ", -1 standing for any size");
        }
    }

    private void readSubjects(String label, Tensor tensor) {
        if (tensor.datatype() != Datatype.BYTES || tensor.shape().length != 1) {
            throw new MalformedRequest(ErrorCode.SHAPE_MISMATCH, label + ": " + SUBJECT + " is BYTES of shape [rows]");
        }
        for (byte[] value : tensor.strings()) {
            subjects.add(subject(label, value));
        }
    }

    private static String subject(String label, byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            if (!text.isEmpty() && text.length() <= MAX_SUBJECT) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // answered below, as any other value that is no subject
        }
        throw new MalformedRequest(
                ErrorCode.VALUE_INVALID, label + ": a subject is 1 to " + MAX_SUBJECT + " characters of UTF-8");
    }
}
