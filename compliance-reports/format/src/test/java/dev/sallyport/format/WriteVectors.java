package dev.sallyport.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * Wrote the vectors, once. Version 1 is fixed: they are never written again. Kept for the vectors of a version to come.
 */
final class WriteVectors {
    private WriteVectors() {}

    /**
     * Writes the files that are missing.
     *
     * @param args the folder
     */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, AuditRecord> sample : RecordSamples.all().entrySet()) {
            byte[] bytes = sample.getValue().encode();
            Path file = Path.of(args[0], sample.getKey() + ".vector");
            if (!Files.exists(file)) {
                Files.writeString(
                        file,
                        "== facts\n" + RecordSamples.loose(CanonicalJson.parse(bytes)) + "\n== canonical\n"
                                + HexFormat.of().formatHex(bytes) + "\n== sha256\n" + Sha256.hex(bytes) + "\n");
            }
        }
    }
}
