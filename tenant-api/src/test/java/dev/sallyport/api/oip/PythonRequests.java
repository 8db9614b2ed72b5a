package dev.sallyport.api.oip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the Python clients send to {@code simple} when nothing is configured: JSON, then two INT32 [1,16] tensors. */
public final class PythonRequests {
    /** What tritonclient's Python HTTP client sends for two numpy inputs and no outputs (rapidjson: no blanks). */
    public static final String TRITONCLIENT = "{\"inputs\":["
            + "{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}},"
            + "{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}}],"
            + "\"parameters\":{\"binary_data_output\":true}}";

    /** What KServe's Python client sends: an id of its own, the model's name, and no parameters. */
    public static final String KSERVE =
            "{\"id\":\"0f6f4d3e-5a84-4b8e-9d8d-0e1f7a8d2c11\",\"model_name\":\"simple\",\"inputs\":["
                    + "{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}},"
                    + "{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}}]}";

    private PythonRequests() {}

    /** The body: the JSON, then 0…15, then sixteen times 1. */
    public static byte[] body(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(text.length + 128)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text);
        for (int i = 0; i < 16; i++) {
            body.putInt(i);
        }
        for (int i = 0; i < 16; i++) {
            body.putInt(1);
        }
        return body.array();
    }
}
