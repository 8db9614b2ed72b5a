package dev.sallyport.format;

import static dev.sallyport.format.CanonicalWriter.nameBytes;
import static dev.sallyport.format.RecordEncoder.number;
import static dev.sallyport.format.RecordEncoder.object;
import static dev.sallyport.format.RecordEncoder.text;
import static dev.sallyport.format.RecordEncoder.texts;

import java.util.List;
import java.util.Map;

/** Writes the facts of a record, in canonical order like {@link RecordEncoder}. */
final class FactsEncoder {
    private static final byte[] ACTION = nameBytes("action");
    private static final byte[] ART9 = nameBytes("art9");
    private static final byte[] BUDGETS = nameBytes("budgets");
    private static final byte[] BYTES = nameBytes("bytes");
    private static final byte[] CONSENT = nameBytes("consent");
    private static final byte[] COUNT = nameBytes("count");
    private static final byte[] DETECTIONS = nameBytes("detections");
    private static final byte[] DISCLOSURE = nameBytes("disclosure");
    private static final byte[] DROPPED = nameBytes("dropped");
    private static final byte[] DUE = nameBytes("due");
    private static final byte[] FIELD = nameBytes("field");
    private static final byte[] FIELDS = nameBytes("fields");
    private static final byte[] HIPAA = nameBytes("hipaa");
    private static final byte[] ID = nameBytes("id");
    private static final byte[] LAWFUL_BASIS = nameBytes("lawfulBasis");
    private static final byte[] MISSING = nameBytes("missing");
    private static final byte[] OBJECTION = nameBytes("objection");
    private static final byte[] OTHER = nameBytes("other");
    private static final byte[] OUTPUT = nameBytes("output");
    private static final byte[] PURPOSE = nameBytes("purpose");
    private static final byte[] REGION = nameBytes("region");
    private static final byte[] REMAINING = nameBytes("remaining");
    private static final byte[] RESTRICTION = nameBytes("restriction");
    private static final byte[] ROWS = nameBytes("rows");
    private static final byte[] TYPE = nameBytes("type");

    private FactsEncoder() {}

    static void write(CanonicalWriter w, byte[] name, Facts facts) {
        if (facts.equals(Facts.NONE)) {
            return;
        }
        w.name(name);
        w.beginObject();
        text(w, ART9, facts.art9());
        budgets(w, facts.budgets());
        number(w, BYTES, facts.bytes());
        text(w, CONSENT, facts.consent());
        detections(w, facts.detections());
        text(w, DISCLOSURE, facts.disclosure());
        texts(w, DROPPED, facts.dropped());
        number(w, DUE, facts.due());
        texts(w, FIELDS, facts.fields());
        text(w, HIPAA, facts.hipaa());
        text(w, LAWFUL_BASIS, facts.lawfulBasis());
        texts(w, MISSING, facts.missing());
        text(w, OBJECTION, facts.objection());
        object(w, OTHER, facts.other());
        output(w, facts.output());
        text(w, PURPOSE, facts.purpose());
        text(w, REGION, facts.region());
        text(w, RESTRICTION, facts.restriction());
        number(w, ROWS, facts.rows());
        w.endObject();
    }

    private static void budgets(CanonicalWriter w, List<BudgetFact> budgets) {
        if (budgets.isEmpty()) {
            return;
        }
        w.name(BUDGETS);
        w.beginArray();
        for (BudgetFact budget : budgets) {
            w.element();
            w.beginObject();
            text(w, ID, budget.id());
            number(w, REMAINING, budget.remaining());
            w.endObject();
        }
        w.endArray();
    }

    private static void detections(CanonicalWriter w, List<DetectionFact> detections) {
        if (detections.isEmpty()) {
            return;
        }
        w.name(DETECTIONS);
        w.beginArray();
        for (DetectionFact detection : detections) {
            w.element();
            w.beginObject();
            text(w, ACTION, detection.action());
            number(w, COUNT, detection.count());
            text(w, FIELD, detection.field());
            text(w, TYPE, detection.type());
            w.endObject();
        }
        w.endArray();
    }

    private static void output(CanonicalWriter w, Map<String, Map<String, Long>> output) {
        if (output.isEmpty()) {
            return;
        }
        w.name(OUTPUT);
        w.beginObject();
        output.forEach((name, bands) -> {
            w.name(name);
            w.beginObject();
            bands.forEach((band, rows) -> {
                w.name(band);
                w.integer(rows);
            });
            w.endObject();
        });
        w.endObject();
    }
}
