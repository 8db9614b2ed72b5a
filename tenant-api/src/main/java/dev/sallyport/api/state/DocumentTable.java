package dev.sallyport.api.state;

import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.ParseResult;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyParser;
import dev.sallyport.policy.TenantLayers;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The policy documents in force, parsed once each. Safe for many threads. */
public final class DocumentTable {
    private static final int MOST_CACHED = 4_096;
    // The highest version of each place, unless that one was withdrawn.
    private static final String IN_FORCE = """
            SELECT layer, model, digest, source FROM (
                SELECT DISTINCT ON (layer, model) layer, model, digest, source, withdrawn
                FROM policies WHERE tenant = ? ORDER BY layer, model, version DESC) latest
            WHERE NOT withdrawn""";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PolicyDocument> parsed = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PolicyDocument> eldest) {
            return size() > MOST_CACHED;
        }
    };

    /** Makes the one instance. */
    public DocumentTable() {}

    /**
     * What a scope's rows hold, not yet parsed: parsing may take longer than a transaction may last.
     *
     * @param packs the tenant's packs
     * @param documents its documents in force
     */
    record Sources(List<String> packs, List<Stored> documents) {
        Sources {
            packs = List.copyOf(packs);
            documents = List.copyOf(documents);
        }
    }

    /** The packs and documents of the tenant in scope. */
    static Sources read(Scoped scoped) throws SQLException {
        return new Sources(packs(scoped), stored(scoped));
    }

    /** The platform's document: the published one, or the baseline. Not to be called in a transaction. */
    PolicyDocument platform(Sources sources) {
        for (Stored stored : sources.documents()) {
            if (stored.layer().equals("platform")) {
                return parse(stored);
            }
        }
        return Packs.baseline();
    }

    /** A tenant's layers. Not to be called in a transaction. */
    TenantLayers layers(Sources sources) {
        PolicyDocument tenant = null;
        Map<ModelName, PolicyDocument> models = new LinkedHashMap<>();
        for (Stored stored : sources.documents()) {
            switch (stored.layer()) {
                case "tenant" -> tenant = parse(stored);
                case "model" -> models.put(new ModelName(stored.model()), parse(stored));
                default -> {
                    // The platform's own layer binds tenants, not itself.
                }
            }
        }
        return new TenantLayers(sources.packs(), tenant, models);
    }

    /** A row: a document in force. */
    record Stored(String layer, String model, String digest, String source) {
        String name() {
            return model.isEmpty() ? layer : layer + "/" + model;
        }
    }

    private static List<Stored> stored(Scoped scoped) throws SQLException {
        List<Stored> all = new ArrayList<>();
        try (PreparedStatement query = scoped.connection().prepareStatement(IN_FORCE)) {
            query.setString(1, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    all.add(new Stored(
                            row.getString("layer"),
                            row.getString("model"),
                            row.getString("digest"),
                            new String(row.getBytes("source"), StandardCharsets.UTF_8)));
                }
            }
        }
        return all;
    }

    private static List<String> packs(Scoped scoped) throws SQLException {
        String sql = "SELECT packs FROM tenants WHERE tenant = ? AND deleted_at IS NULL";
        try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
            query.setString(1, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? List.of((String[]) row.getArray("packs").getArray()) : List.of();
            }
        }
    }

    private PolicyDocument parse(Stored stored) {
        String key = stored.name() + "@" + stored.digest();
        PolicyDocument known = known(key);
        if (known != null) {
            return known;
        }
        return switch (PolicyParser.parse(stored.name(), stored.source())) {
            case ParseResult.Parsed(PolicyDocument document) -> keep(key, document);
            // It was sound when it was published: this build does not know a part of it. Nothing is served under a
            // policy that is only half understood.
            case ParseResult.Rejected rejected ->
                throw new IllegalStateException("a published policy cannot be read: "
                        + rejected.problems().getFirst());
        };
    }

    private @Nullable PolicyDocument known(String key) {
        lock.lock();
        try {
            return parsed.get(key);
        } finally {
            lock.unlock();
        }
    }

    private PolicyDocument keep(String key, PolicyDocument document) {
        lock.lock();
        try {
            parsed.put(key, document);
            return document;
        } finally {
            lock.unlock();
        }
    }
}
