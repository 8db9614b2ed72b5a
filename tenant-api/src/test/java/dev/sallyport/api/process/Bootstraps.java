package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code admin bootstrap} run several times at once. */
final class Bootstraps {
    private Bootstraps() {}

    /** Runs it in as many processes at once; returns how each ended. */
    static List<Program.End> atOnce(int count, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("admin", "bootstrap"));
        words.addAll(List.of(arguments));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Program.End>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                runs.add(threads.submit(() -> Program.run(words.toArray(String[]::new))));
            }
            List<Program.End> ends = new ArrayList<>();
            for (Future<Program.End> run : runs) {
                ends.add(run.get());
            }
            return ends;
        }
    }

    /** The key of the one that printed it; the others printed nothing. */
    static String onlyKey(List<Program.End> ends) {
        List<Program.End> good = ends.stream().filter(end -> end.code() == 0).toList();
        assertThat(good).as(ends.toString()).hasSize(1);
        assertThat(good.getFirst().out()).as("the key alone").matches("sp_[A-Za-z0-9_-]{43}\n");
        assertThat(good.getFirst().err()).contains("It is not shown again").doesNotContain("sp_");
        assertThat(ends)
                .filteredOn(end -> end.code() != 0)
                .allSatisfy(end -> assertThat(end.out()).isEmpty());
        return good.getFirst().out().strip();
    }
}
