package dev.sallyport.api.launch;

import dev.sallyport.api.operations.DiskLevel;
import dev.sallyport.api.operations.DiskWatch;
import dev.sallyport.api.operations.VolumeUse;
import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.RecordWriter;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Volumes that fill or have room again, as observations in the platform's ledger, as long as it takes any. */
final class RecordedDiskLevels implements DiskWatch.Listener {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RecordWriter writer;
    private final RecordMint mint;

    RecordedDiskLevels(RecordWriter writer, RecordMint mint) {
        this.writer = writer;
        this.mint = mint;
    }

    @Override
    public void changed(VolumeUse use, DiskLevel before, DiskLevel after) {
        JObject details = JObject.of(Map.of("percent", new JInt(use.percent())));
        Act seen = new Act("volumes/" + use.volume(), word(before), word(after), details);
        AuditRecord record = mint.observation(TenantId.PLATFORM, "operations", "volume.level", seen)
                .build();
        writer.append(Append.of(record, null, PATIENCE));
    }

    private static String word(DiskLevel level) {
        return level.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
