package dev.sallyport.format;

import static dev.sallyport.format.CanonicalWriter.nameBytes;

import dev.sallyport.format.JsonValue.JObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of version 1. Every object's members are written in canonical order by hand, with names encoded once:
 * this runs for each answer and makes nothing but the bytes.
 */
final class RecordEncoder {
    private static final byte[] ACT = nameBytes("act");
    private static final byte[] ACTION = nameBytes("action");
    private static final byte[] AFTER = nameBytes("after");
    private static final byte[] ALIAS = nameBytes("alias");
    private static final byte[] AT = nameBytes("at");
    private static final byte[] BEFORE = nameBytes("before");
    private static final byte[] BUDGET = nameBytes("budget");
    private static final byte[] CHARGES = nameBytes("charges");
    private static final byte[] CODE = nameBytes("code");
    private static final byte[] CONTROLS = nameBytes("controls");
    private static final byte[] COUNT = nameBytes("count");
    private static final byte[] DETAILS = nameBytes("details");
    private static final byte[] DIGEST = nameBytes("digest");
    private static final byte[] DOCUMENT = nameBytes("document");
    private static final byte[] EFFECT = nameBytes("effect");
    private static final byte[] EPOCHS = nameBytes("epochs");
    private static final byte[] FACTS = nameBytes("facts");
    private static final byte[] GENERATION = nameBytes("generation");
    private static final byte[] GROUPS = nameBytes("groups");
    private static final byte[] HASHED = nameBytes("hashed");
    private static final byte[] ID = nameBytes("id");
    private static final byte[] KIND = nameBytes("kind");
    private static final byte[] LAYER = nameBytes("layer");
    private static final byte[] LINE = nameBytes("line");
    private static final byte[] MARK = nameBytes("mark");
    private static final byte[] MODEL = nameBytes("model");
    private static final byte[] NAME = nameBytes("name");
    private static final byte[] NODE = nameBytes("node");
    private static final byte[] OBJECT = nameBytes("object");
    private static final byte[] OWNER = nameBytes("owner");
    private static final byte[] PAYLOAD = nameBytes("payload");
    private static final byte[] PLATFORM = nameBytes("platform");
    private static final byte[] POLICY = nameBytes("policy");
    private static final byte[] PRINCIPAL = nameBytes("principal");
    private static final byte[] REFERS = nameBytes("refers");
    private static final byte[] REQUEST = nameBytes("request");
    private static final byte[] RETENTION = nameBytes("retention");
    private static final byte[] ROLE = nameBytes("role");
    private static final byte[] ROWS = nameBytes("rows");
    private static final byte[] RULES = nameBytes("rules");
    private static final byte[] SOFTWARE = nameBytes("software");
    private static final byte[] SUBJECTS = nameBytes("subjects");
    private static final byte[] TENANT = nameBytes("tenant");
    private static final byte[] TYPE = nameBytes("type");
    private static final byte[] V = nameBytes("v");
    private static final byte[] VERSION = nameBytes("version");
    private static final byte[] WINDOW = nameBytes("window");

    /** Holds a usual answer's record, of 1.1 kB, without growing. */
    private static final int USUAL_BYTES = 2048;

    private RecordEncoder() {}

    static byte[] encode(AuditRecord r) {
        var w = new CanonicalWriter(USUAL_BYTES);
        w.beginObject();
        act(w, r.act());
        text(w, ACTION, r.action());
        number(w, AT, r.at());
        charges(w, r.charges());
        text(w, CODE, r.code());
        texts(w, CONTROLS, r.controls());
        number(w, COUNT, r.count());
        text(w, EFFECT, r.effect() == null ? null : r.effect().code());
        epochs(w, r.epochs());
        FactsEncoder.write(w, FACTS, r.facts());
        number(w, GENERATION, r.generation());
        strings(w, HASHED, r.hashed());
        text(w, ID, r.id());
        text(w, KIND, r.kind().code());
        model(w, r.model());
        text(w, NODE, r.node());
        text(w, PAYLOAD, r.payload());
        text(w, POLICY, r.policy());
        principal(w, r.principal());
        texts(w, REFERS, r.refers());
        text(w, REQUEST, r.request());
        text(w, RETENTION, r.retention().code());
        rules(w, r.rules());
        text(w, SOFTWARE, r.software());
        texts(w, SUBJECTS, r.subjects());
        text(w, TENANT, r.tenant());
        number(w, V, AuditRecord.VERSION);
        w.endObject();
        return w.toBytes();
    }

    private static void act(CanonicalWriter w, @Nullable Act act) {
        if (act == null) {
            return;
        }
        w.name(ACT);
        w.beginObject();
        text(w, AFTER, act.after());
        text(w, BEFORE, act.before());
        object(w, DETAILS, act.details());
        text(w, OBJECT, act.object());
        w.endObject();
    }

    private static void charges(CanonicalWriter w, List<Charge> charges) {
        if (charges.isEmpty()) {
            return;
        }
        w.name(CHARGES);
        w.beginArray();
        for (Charge charge : charges) {
            w.element();
            w.beginObject();
            text(w, BUDGET, charge.budget());
            text(w, MARK, charge.mark());
            number(w, ROWS, charge.rows());
            number(w, WINDOW, charge.window());
            w.endObject();
        }
        w.endArray();
    }

    private static void epochs(CanonicalWriter w, @Nullable Epochs epochs) {
        if (epochs == null) {
            return;
        }
        w.name(EPOCHS);
        w.beginObject();
        number(w, PLATFORM, epochs.platform());
        number(w, TENANT, epochs.tenant());
        w.endObject();
    }

    private static void model(CanonicalWriter w, @Nullable ModelRef model) {
        if (model == null) {
            return;
        }
        w.name(MODEL);
        w.beginObject();
        text(w, ALIAS, model.alias());
        text(w, DIGEST, model.digest());
        text(w, NAME, model.name());
        text(w, OWNER, model.owner());
        text(w, VERSION, model.version());
        w.endObject();
    }

    private static void principal(CanonicalWriter w, Principal principal) {
        w.name(PRINCIPAL);
        w.beginObject();
        texts(w, GROUPS, principal.groups());
        text(w, ID, principal.id());
        text(w, ROLE, principal.role());
        text(w, TYPE, principal.type().code());
        w.endObject();
    }

    private static void rules(CanonicalWriter w, List<RuleRef> rules) {
        if (rules.isEmpty()) {
            return;
        }
        w.name(RULES);
        w.beginArray();
        for (RuleRef rule : rules) {
            w.element();
            w.beginObject();
            texts(w, CONTROLS, rule.controls());
            text(w, DIGEST, rule.digest());
            text(w, DOCUMENT, rule.document());
            text(w, ID, rule.id());
            text(w, LAYER, rule.layer());
            number(w, LINE, rule.line());
            w.endObject();
        }
        w.endArray();
    }

    static void text(CanonicalWriter w, byte[] name, @Nullable String value) {
        if (value != null) {
            w.name(name);
            w.string(value);
        }
    }

    static void number(CanonicalWriter w, byte[] name, long value) {
        w.name(name);
        w.integer(value);
    }

    static void number(CanonicalWriter w, byte[] name, OptionalLong value) {
        if (value.isPresent()) {
            number(w, name, value.getAsLong());
        }
    }

    static void texts(CanonicalWriter w, byte[] name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        w.name(name);
        w.beginArray();
        for (String value : values) {
            w.element();
            w.string(value);
        }
        w.endArray();
    }

    static void object(CanonicalWriter w, byte[] name, JObject value) {
        if (!value.members().isEmpty()) {
            w.name(name);
            CanonicalJson.write(value, w);
        }
    }

    private static void strings(CanonicalWriter w, byte[] name, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        w.name(name);
        w.beginObject();
        values.forEach((key, value) -> {
            w.name(key);
            w.string(value);
        });
        w.endObject();
    }
}
