package dev.sallyport.api.demo;

import java.util.List;

/**
 * A call that the demo prints: a piece of shell that stands alone and may be run in any order, any number of times.
 *
 * @param name short, for file names: {@code [a-z-]+}
 * @param title what it shows, one line
 * @param shell what to paste; its last line of output is {@code HTTP} and the status
 * @param status the status expected
 * @param texts what its output contains, each of them
 */
public record DemoCall(String name, String title, String shell, int status, List<String> texts) {
    /** Copies the texts. */
    public DemoCall {
        texts = List.copyOf(texts);
    }
}
