package dev.sallyport.format;

import java.util.Arrays;

/**
 * Reads records of version 1. What was read is written again and compared, so whatever this does not know (another
 * name, null, an empty array, another order) is refused without being looked for.
 */
final class RecordDecoder {
    private RecordDecoder() {}

    static AuditRecord decode(byte[] bytes) {
        AuditRecord record;
        try {
            record = read(new JsonReader(CanonicalJson.parse(bytes), "record"));
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a record of version 1: " + e.getMessage());
        }
        if (!Arrays.equals(record.encode(), bytes)) {
            throw new FormatException("not the canonical form of a record of version 1, which has no other names, no"
                    + " null and nothing empty");
        }
        return record;
    }

    private static AuditRecord read(JsonReader r) {
        if (r.integer("v") != AuditRecord.VERSION) {
            throw new FormatException("the record is of version " + r.integer("v") + ", expected 1");
        }
        return new AuditRecord(
                r.text("id"),
                r.text("tenant"),
                r.word("kind", RecordKind.values(), RecordKind::code),
                r.integer("at"),
                r.text("node"),
                r.integer("generation"),
                r.word("retention", RetentionClass.values(), RetentionClass::code),
                r.object("principal", RecordDecoder::principal),
                r.text("action"),
                r.textOrNull("software"),
                r.textOrNull("request"),
                r.has("effect") ? r.word("effect", Effect.values(), Effect::code) : null,
                r.textOrNull("code"),
                r.integer("count"),
                r.objectOrNull("epochs", e -> new Epochs(e.integer("platform"), e.integer("tenant"))),
                r.textOrNull("policy"),
                r.objectOrNull("model", RecordDecoder::model),
                r.objects("rules", RecordDecoder::rule),
                r.texts("controls"),
                r.has("facts") ? r.object("facts", RecordDecoder::facts) : Facts.NONE,
                r.objects("charges", RecordDecoder::charge),
                r.texts("subjects"),
                r.strings("hashed"),
                r.objectOrNull("act", RecordDecoder::act),
                r.texts("refers"),
                r.textOrNull("payload"));
    }

    private static Principal principal(JsonReader r) {
        return new Principal(
                r.word("type", Principal.Type.values(), Principal.Type::code),
                r.text("id"),
                r.textOrNull("role"),
                r.texts("groups"));
    }

    private static ModelRef model(JsonReader r) {
        return new ModelRef(
                r.text("owner"), r.text("name"), r.text("version"), r.text("digest"), r.textOrNull("alias"));
    }

    private static RuleRef rule(JsonReader r) {
        return new RuleRef(
                r.text("id"),
                r.text("layer"),
                r.text("document"),
                r.text("digest"),
                Math.toIntExact(Math.min(r.integer("line"), Integer.MAX_VALUE)),
                r.texts("controls"));
    }

    private static Charge charge(JsonReader r) {
        return new Charge(r.text("budget"), r.integer("window"), r.integer("rows"), r.textOrNull("mark"));
    }

    private static Act act(JsonReader r) {
        return new Act(r.text("object"), r.textOrNull("before"), r.textOrNull("after"), r.any("details"));
    }

    private static Facts facts(JsonReader r) {
        return new Facts(
                r.textOrNull("art9"),
                r.objects("budgets", b -> new BudgetFact(b.text("id"), b.integer("remaining"))),
                r.integerIfAny("bytes"),
                r.textOrNull("consent"),
                r.objects(
                        "detections",
                        d -> new DetectionFact(d.text("type"), d.text("field"), d.text("action"), d.integer("count"))),
                r.textOrNull("disclosure"),
                r.texts("dropped"),
                r.integerIfAny("due"),
                r.texts("fields"),
                r.textOrNull("hipaa"),
                r.textOrNull("lawfulBasis"),
                r.texts("missing"),
                r.textOrNull("objection"),
                r.any("other"),
                r.bands("output"),
                r.textOrNull("purpose"),
                r.textOrNull("region"),
                r.textOrNull("restriction"),
                r.integerIfAny("rows"));
    }
}
