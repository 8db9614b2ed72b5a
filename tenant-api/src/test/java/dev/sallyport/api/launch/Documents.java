package dev.sallyport.api.launch;

/** Policy documents that allow {@code simple} for one purpose. */
final class Documents {
    private Documents() {}

    static String tenant(String purpose) {
        return of("tenant", purpose);
    }

    static String model(String purpose) {
        return of("model", purpose);
    }

    private static String of(String layer, String purpose) {
        return """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: own/%s, layer: %s, owner: owner@tenant.example}
                spec:
                  purposes:
                    - {id: %s}
                  input:
                    allowed: [INPUT0, INPUT1]
                """.formatted(layer, layer, purpose);
    }
}
