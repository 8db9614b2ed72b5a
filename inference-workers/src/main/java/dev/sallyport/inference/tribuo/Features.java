package dev.sallyport.inference.tribuo;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableInfo;

/**
 * Where each of a model's features comes from, found out once, so that a row costs neither a look-up of names nor a
 * sort. Features stand in the order of their ids, which is what Tribuo's vectors want.
 */
final class Features {
    private static final char CATEGORY = '@';

    private final String[] names;
    private final List<Source> sources;

    private Features(String[] names, List<Source> sources) {
        this.names = names;
        this.sources = List.copyOf(sources);
    }

    /** Something that fills one or more features of a row. */
    private sealed interface Source {
        int input();

        /** A number: column of a tensor of {@code width} columns into the feature at {@code position}. */
        record Numeric(int input, int column, int width, int position) implements Source {}

        /** A text: the feature that its value names becomes 1; a value that the model has not seen gives none. */
        record Category(int input, int column, int width, Map<String, Integer> positions) implements Source {
            public Category {
                positions = Map.copyOf(positions);
            }
        }
    }

    /** The features' names, by position. */
    String[] names() {
        return names;
    }

    /**
     * Finds the fields' features.
     *
     * @throws ModelLoadException if a field is no feature, or a feature no field
     */
    static Features bind(Signature signature, ImmutableFeatureMap known) throws ModelLoadException {
        String[] names = new String[known.size()];
        for (VariableInfo feature : known) {
            names[known.getID(feature.getName())] = feature.getName();
        }
        boolean[] fed = new boolean[names.length];
        List<TensorSpec> read =
                signature.inputs().stream().filter(signature::reads).toList();
        List<Source> sources = new ArrayList<>();
        for (Field field : signature.fields()) {
            if (!field.ignored()) {
                sources.add(source(field, read, names, fed));
            }
        }
        for (int i = 0; i < fed.length; i++) {
            if (!fed[i]) {
                throw new ModelLoadException("the model's feature " + names[i] + " is no field of the signature");
            }
        }
        return new Features(names, sources);
    }

    private static Source source(Field field, List<TensorSpec> read, String[] names, boolean[] fed)
            throws ModelLoadException {
        int input = 0;
        while (!read.get(input).name().equals(field.tensor())) {
            input++;
        }
        TensorSpec spec = read.get(input);
        long width = spec.rowElements();
        if (width < 1 || (field.column() == Field.WHOLE && width != 1)) {
            throw new ModelLoadException("field " + field.name() + " is not one value a row");
        }
        int column = Math.max(0, field.column());
        if (spec.datatype() == Datatype.BYTES) {
            return new Source.Category(input, column, (int) width, categories(field, names, fed));
        }
        int position = Arrays.asList(names).indexOf(field.name());
        if (position < 0) {
            throw new ModelLoadException("field " + field.name() + " is no feature of the model");
        }
        fed[position] = true;
        return new Source.Numeric(input, column, (int) width, position);
    }

    private static Map<String, Integer> categories(Field field, String[] names, boolean[] fed)
            throws ModelLoadException {
        String prefix = field.name() + CATEGORY;
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith(prefix)) {
                positions.put(names[i].substring(prefix.length()), i);
                fed[i] = true;
            }
        }
        if (positions.isEmpty()) {
            throw new ModelLoadException("the model has no feature " + prefix + "…; if it ignores the text field "
                    + field.name() + ", its signature must say so");
        }
        return positions;
    }

    /**
     * Fills a row.
     *
     * @param batch the tensors that the model reads
     * @param index which row, zero-based
     * @param row cleared
     */
    void read(List<Tensor> batch, int index, Row row) {
        for (Source source : sources) {
            Tensor tensor = batch.get(source.input());
            switch (source) {
                case Source.Numeric number ->
                    row.set(number.position(), Numbers.read(tensor, index * number.width() + number.column()));
                case Source.Category category -> {
                    byte[] value = tensor.strings().get(index * category.width() + category.column());
                    Integer position = category.positions().get(new String(value, StandardCharsets.UTF_8));
                    if (position != null) {
                        row.set(position, 1.0);
                    }
                }
            }
        }
    }
}
