package dev.sallyport.inference.bus;

import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.fixture.MemoryStore;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.lane.LaneExecutors;
import dev.sallyport.inference.lane.LaneListener;
import dev.sallyport.inference.lane.LanePorts;
import dev.sallyport.inference.lane.LaneSettings;
import dev.sallyport.inference.lane.Lanes;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.policy.Obligations;
import dev.sallyport.policy.output.OutputObligation;
import dev.sallyport.policy.output.Shape;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Not a test: prints jobs a second and CPU a job through event bus, lane and ONNX Runtime for a perceptron of 30
 * features, with so many jobs in flight at a time, sent from one event loop. Arguments: {@code worker} or {@code
 * eventloop} for the verticle's thread, default as deployed.
 */
public final class BusThroughput {
    private static final long WARM_UP_SECONDS = 8;
    private static final long MEASURED_SECONDS = 6;

    private BusThroughput() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        InferenceCodec.register(vertx);
        TestModel model = TestModel.perceptron();
        MemoryStore store = new MemoryStore().with(model);
        LongAdder runs = new LongAdder();
        LongAdder rows = new LongAdder();
        LaneListener listener = new LaneListener() {
            @Override
            public void ran(ModelRef ref, RunFigures figures) {
                runs.increment();
                rows.add(figures.rows());
            }
        };
        Lanes lanes = new Lanes(
                LaneSettings.DEFAULT,
                new LanePorts(List.of(new OnnxRuntime()), store, store, event -> {}, listener),
                new LaneExecutors(ModelPool.open(vertx, 2), Executors.newVirtualThreadPerTaskExecutor()),
                InstantSource.system(),
                System::nanoTime);
        DeploymentOptions options = InferenceVerticle.options();
        if (arguments.length > 0) {
            options.setThreadingModel(
                    arguments[0].equals("worker") ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP);
        }
        vertx.deployVerticle(new InferenceVerticle(lanes), options).await(10, TimeUnit.SECONDS);

        for (int inFlight : new int[] {1, 16, 64}) {
            load(vertx, model, inFlight, WARM_UP_SECONDS);
            runs.reset();
            rows.reset();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long jobs = load(vertx, model, inFlight, MEASURED_SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%3d in flight: %,8.0f jobs/s  %5.1f us CPU a job  %4.1f rows a run  %6.1f us mean latency%n",
                    inFlight,
                    jobs / seconds,
                    (cpuNanos() - cpu) / 1e3 / jobs,
                    (double) rows.sum() / runs.sum(),
                    seconds * 1e6 * inFlight / jobs);
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static long load(Vertx vertx, TestModel model, int inFlight, long seconds) throws Exception {
        InferenceClient client = new InferenceClient(vertx.eventBus(), System::nanoTime);
        Context loop = vertx.getOrCreateContext();
        LongAdder done = new LongAdder();
        CountDownLatch ended = new CountDownLatch(inFlight);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        float[] x = new float[TestModel.FEATURES];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 30f;
        }
        for (int i = 0; i < inFlight; i++) {
            loop.runOnContext(ignored -> next(client, model, x, done, end, ended));
        }
        ended.await();
        return done.sum();
    }

    private static void next(
            InferenceClient client, TestModel model, float[] x, LongAdder done, long end, CountDownLatch ended) {
        long now = System.nanoTime();
        if (now > end) {
            ended.countDown();
            return;
        }
        Obligations obligations = new Obligations(new OutputObligation(Shape.TOPK, 2, 2), List.of(), List.of());
        Job job = model.job(
                "j", obligations, now + 10_000_000_000L, Tensor.floats("x", new long[] {1, TestModel.FEATURES}, x));
        client.infer(job).onComplete(reply -> {
            if (!(reply.result() instanceof Reply.Released)) {
                throw new IllegalStateException("not released: " + reply.result());
            }
            done.increment();
            next(client, model, x, done, end, ended);
        });
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
