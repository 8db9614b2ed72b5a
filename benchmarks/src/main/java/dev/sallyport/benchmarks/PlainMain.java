package dev.sallyport.benchmarks;

import ai.onnxruntime.OrtException;
import dev.sallyport.api.oip.ReadResult;
import dev.sallyport.api.oip.RequestReader;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import dev.sallyport.inference.TensorSpec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The plain server in a process of its own, with one of two parsers. */
final class PlainMain {
    private static final int EVENT_LOOPS = 2;

    private PlainMain() {}

    /**
     * Serves until the process ends.
     *
     * @param args the ONNX file; {@code json-object} or {@code oip}; the port; the input's columns; the input's name
     */
    public static void main(String[] args) throws OrtException {
        PlainServer.BodyReader reader = args[1].equals("oip")
                ? new OipReader(Integer.parseInt(args[3]), args[4])
                : PlainServer::readWithJsonObject;
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        new PlainServer(Path.of(args[0]), reader).serve(vertx, EVENT_LOOPS, Integer.parseInt(args[2]));
    }

    /** Reads with the parser that Sallyport serves with. */
    private static final class OipReader implements PlainServer.BodyReader {
        private final Signature signature;

        OipReader(int columns, String input) {
            TensorSpec spec = new TensorSpec(input, Datatype.FP32, List.of(-1L, (long) columns));
            this.signature = new Signature(List.of(spec), List.of(spec), List.of(), null);
        }

        @Override
        public PlainServer.Input read(Buffer body) {
            return switch (RequestReader.read(body.getBytes(), null, signature)) {
                case ReadResult.Read read -> input(read.request().inputs().getFirst());
                case ReadResult.Malformed malformed ->
                    throw new IllegalArgumentException(malformed.refusal().toString());
            };
        }

        private static PlainServer.Input input(Tensor tensor) {
            return switch (tensor.data()) {
                case TensorData.Fixed(ByteBuffer buffer) ->
                    new PlainServer.Input(
                            tensor.shape()[0],
                            tensor.shape()[1],
                            buffer.duplicate().order(buffer.order()).asFloatBuffer());
                case TensorData.Bytes bytes -> throw new IllegalArgumentException("not FP32");
            };
        }
    }
}
