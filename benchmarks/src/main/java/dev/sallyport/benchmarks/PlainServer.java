package dev.sallyport.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * What Sallyport is measured against: Vert.x and ONNX Runtime, one run a request, on the event loop; no policy,
 * no ledger, no identity, no batching. It reads {@code inputs[0].data} as FP32 {@code [rows, columns]} and answers
 * every output of the graph.
 *
 * <p>This file is frozen: {@link Comparison} states its SHA-256 beside the figures, and figures made with another
 * text of it cannot be compared.
 */
final class PlainServer {
    /**
     * Reads a request.
     *
     * @see #readWithJsonObject
     */
    @FunctionalInterface
    interface BodyReader {
        /**
         * Reads the first input, its data flat.
         *
         * @param body the request's body
         */
        Input read(Buffer body);
    }

    /**
     * A request's first input.
     *
     * @param rows at least 1
     * @param columns at least 1
     * @param data row-major, {@code rows · columns} values
     */
    record Input(long rows, long columns, FloatBuffer data) {}

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String inputName;
    private final BodyReader reader;

    PlainServer(Path model, BodyReader reader) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        this.session = environment.createSession(model.toString(), options);
        this.inputName = session.getInputNames().iterator().next();
        this.reader = reader;
    }

    /**
     * Serves on loopback until the process ends.
     *
     * @param vertx its event loops do everything
     * @param eventLoops servers to start, one an event loop
     * @param port 1 to 65535
     */
    void serve(Vertx vertx, int eventLoops, int port) {
        for (int i = 0; i < eventLoops; i++) {
            vertx.createHttpServer()
                    .requestHandler(request -> request.bodyHandler(body -> answer(request, body)))
                    .listen(port, "127.0.0.1")
                    .await();
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        try {
            request.response().putHeader("content-type", "application/json").end(run(reader.read(body)));
        } catch (RuntimeException | OrtException e) {
            request.response()
                    .setStatusCode(400)
                    .end(new JsonObject()
                            .put("error", String.valueOf(e.getMessage()))
                            .toBuffer());
        }
    }

    private Buffer run(Input input) throws OrtException {
        JsonArray outputs = new JsonArray();
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, input.data(), new long[] {input.rows(), input.columns()});
                OrtSession.Result result = session.run(Map.of(inputName, tensor))) {
            for (Map.Entry<String, OnnxValue> entry : result) {
                OnnxTensor output = (OnnxTensor) entry.getValue();
                JsonArray data = new JsonArray();
                FloatBuffer values = output.getFloatBuffer();
                while (values.hasRemaining()) {
                    data.add(values.get());
                }
                JsonArray shape = new JsonArray();
                for (long dimension : output.getInfo().getShape()) {
                    shape.add(dimension);
                }
                outputs.add(new JsonObject()
                        .put("name", entry.getKey())
                        .put("datatype", "FP32")
                        .put("shape", shape)
                        .put("data", data));
            }
        }
        return new JsonObject()
                .put("model_name", "plain")
                .put("outputs", outputs)
                .toBuffer();
    }

    /**
     * Reads with Vert.x's own JSON.
     *
     * @throws RuntimeException if the body has not the form
     */
    static Input readWithJsonObject(Buffer body) {
        JsonObject input = body.toJsonObject().getJsonArray("inputs").getJsonObject(0);
        JsonArray shape = input.getJsonArray("shape");
        JsonArray data = input.getJsonArray("data");
        FloatBuffer values = ByteBuffer.allocateDirect(data.size() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < data.size(); i++) {
            values.put(data.getFloat(i));
        }
        values.flip();
        return new Input(shape.getLong(0), shape.getLong(1), values);
    }
}
