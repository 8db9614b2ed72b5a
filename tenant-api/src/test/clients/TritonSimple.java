import java.util.List;
import triton.client.InferInput;
import triton.client.InferRequestedOutput;
import triton.client.InferResult;
import triton.client.InferenceServerClient;
import triton.client.InferenceServerClient.InferArguments;
import triton.client.pojo.DataType;

/**
 * Triton's own Java client, unmodified, as its sample uses it; all that is added is the key. Prints sums and differences.
 * Arguments: host:port, key, "binary" or "json".
 */
public final class TritonSimple {
    public static void main(String[] args) throws Exception {
        boolean binary = args[2].equals("binary");
        int[] first = new int[16];
        int[] second = new int[16];
        for (int i = 0; i < 16; i++) {
            first[i] = i;
            second[i] = 100 + i;
        }
        InferInput input0 = new InferInput("INPUT0", new long[] {1, 16}, DataType.INT32);
        input0.setData(first, binary);
        InferInput input1 = new InferInput("INPUT1", new long[] {1, 16}, DataType.INT32);
        input1.setData(second, binary);
        List<InferRequestedOutput> outputs =
                List.of(new InferRequestedOutput("OUTPUT0", binary), new InferRequestedOutput("OUTPUT1", binary));
        try (InferenceServerClient client = new InferenceServerClient(args[0], 5000, 5000)) {
            InferArguments arguments =
                    new InferArguments("simple", List.of(input0, input1), outputs).setHeader("X-API-Key", args[1]);
            InferResult result = client.infer(arguments);
            for (String output : List.of("OUTPUT0", "OUTPUT1")) {
                StringBuilder line = new StringBuilder(output);
                for (int value : result.getOutputAsInt(output)) {
                    line.append(' ').append(value);
                }
                System.out.println(line);
            }
        }
    }
}
