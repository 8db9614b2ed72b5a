package dev.sallyport.policy.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;

/**
 * The closed list of what conditions may refer to, with the type of each. {@code subject} and {@code output} are not known
 * at every question; their fields are tested with {@code has}.
 */
final class Vocabulary {
    static final String REQUEST = "request";
    static final String SUBJECT = "subject";
    static final String MODEL = "model";
    static final String NOW = "now";
    static final String OUTPUT = "output";

    static final ImmutableMap<String, CelType> REQUEST_FIELDS = ImmutableMap.<String, CelType>builder()
            .put("tenant", SimpleType.STRING)
            .put("principal", SimpleType.STRING)
            .put("role", SimpleType.STRING)
            .put("groups", ListType.create(SimpleType.STRING))
            .put("action", SimpleType.STRING)
            .put("purpose", SimpleType.STRING)
            .put("rows", SimpleType.INT)
            .put("bytes", SimpleType.INT)
            .put("batch", SimpleType.BOOL)
            .put("region", SimpleType.STRING)
            .buildOrThrow();
    static final ImmutableMap<String, CelType> SUBJECT_FIELDS = ImmutableMap.of("age", SimpleType.INT);
    static final ImmutableMap<String, CelType> MODEL_FIELDS =
            ImmutableMap.of("name", SimpleType.STRING, "version", SimpleType.STRING);
    static final ImmutableMap<String, CelType> OUTPUT_FIELDS = ImmutableMap.of(
            "label", SimpleType.STRING,
            "confidence", SimpleType.DOUBLE,
            "tier", SimpleType.STRING,
            "rows", SimpleType.INT);

    private static final ImmutableMap<String, CelType> VARIABLES = ImmutableMap.of(
            REQUEST, struct(REQUEST, REQUEST_FIELDS),
            SUBJECT, struct(SUBJECT, SUBJECT_FIELDS),
            MODEL, struct(MODEL, MODEL_FIELDS),
            NOW, SimpleType.TIMESTAMP,
            OUTPUT, struct(OUTPUT, OUTPUT_FIELDS));

    private Vocabulary() {}

    static ImmutableMap<String, CelType> variables() {
        return VARIABLES;
    }

    static CelTypeProvider types() {
        return Types.INSTANCE;
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                "sallyport." + name,
                ImmutableSet.copyOf(fields.keySet()),
                field -> Optional.ofNullable(fields.get(field)));
    }

    private static final class Types implements CelTypeProvider {
        private static final Types INSTANCE = new Types();

        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(VARIABLES.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return VARIABLES.values().stream()
                    .filter(type -> type.name().equals(name))
                    .findFirst();
        }
    }
}
