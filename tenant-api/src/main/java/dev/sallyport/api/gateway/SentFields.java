package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.InferRequest;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.policy.InputFields;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * A request's tensors as the fields that policies speak of. A text field of several strings a row (a whole tensor of
 * {@code [rows, n]}) is read as its strings joined by line feeds. A tensor that neither the model nor the policy names is
 * there without its name, which may be anything and goes no further: it is known by its number among its like.
 */
final class SentFields implements InputFields {
    /** What stands in a record for each name that is its sender's own. */
    static final String UNDECLARED = "(undeclared)";

    private final int rows;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> strangers = new HashSet<>(0);
    private final Set<String> unnamed = new HashSet<>(0);

    /**
     * Indexes a request.
     *
     * @param named whether the policy speaks of a field by its name
     */
    SentFields(InferRequest request, Signature signature, Predicate<String> named) {
        this.rows = request.rows();
        request.inputs().forEach(tensor -> tensors.put(tensor.name(), tensor));
        for (Field field : signature.fields()) {
            if (tensors.containsKey(field.tensor())) {
                fields.put(field.name(), field);
                names.add(field.name());
            }
        }
        for (Tensor stranger : request.undeclared()) {
            tensors.put(stranger.name(), stranger);
            String name =
                    named.test(stranger.name()) || declared(signature, stranger.name()) ? stranger.name() : unnamed();
            if (names.add(name)) {
                fields.put(name, Field.whole(stranger.name()));
                strangers.add(name);
            }
        }
    }

    private static boolean declared(Signature signature, String name) {
        return signature.fields().stream().anyMatch(field -> field.name().equals(name));
    }

    private String unnamed() {
        String name = "(undeclared " + (unnamed.size() + 1) + ")";
        unnamed.add(name);
        return name;
    }

    /** The name of a field as a record holds it. */
    String recorded(String name) {
        return unnamed.contains(name) ? UNDECLARED : name;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public boolean text(String field) {
        return tensor(field).datatype() == Datatype.BYTES;
    }

    @Override
    public String value(String field, int row) {
        List<byte[]> strings = tensor(field).strings();
        int width = strings.size() / rows;
        int column = field(field).column();
        if (column != Field.WHOLE || width == 1) {
            return decode(strings.get(row * width + Math.max(column, 0)));
        }
        StringJoiner joined = new StringJoiner("\n");
        for (int i = 0; i < width; i++) {
            joined.add(decode(strings.get(row * width + i)));
        }
        return joined.toString();
    }

    /** The field of a name; a tensor that the signature does not declare is a field of its own name. */
    Field field(String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("a field that was not sent");
        }
        return field;
    }

    /** Whether the signature declares the field. */
    boolean declared(String name) {
        return fields.containsKey(name) && !strangers.contains(name);
    }

    private Tensor tensor(String field) {
        Tensor tensor = tensors.get(field(field).tensor());
        if (tensor == null) {
            throw new IllegalArgumentException("a field that was not sent");
        }
        return tensor;
    }

    private static String decode(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
