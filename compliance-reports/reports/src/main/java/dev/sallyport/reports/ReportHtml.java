package dev.sallyport.reports;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as one HTML page that needs nothing else: no script, no font, no picture, no address. Whatever
 * comes from the ledger is escaped.
 */
public final class ReportHtml {
    private static final PebbleTemplate PAGE = new PebbleEngine.Builder()
            .loader(loader())
            .autoEscaping(true)
            .strictVariables(true)
            .extension(new Formats())
            .defaultLocale(Locale.ROOT)
            .build()
            .getTemplate("report.html");

    private ReportHtml() {}

    /**
     * The page.
     *
     * @param report the report
     * @return HTML, to be served as UTF-8
     */
    public static String render(Report report) {
        StringWriter page = new StringWriter();
        try {
            PAGE.evaluate(page, Map.of("report", report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    private static ClasspathLoader loader() {
        ClasspathLoader loader = new ClasspathLoader(ReportHtml.class.getClassLoader());
        loader.setPrefix("dev/sallyport/reports/page");
        return loader;
    }

    /** The forms of times and numbers for readers. */
    private static final class Formats extends AbstractExtension {
        @Override
        public Map<String, Filter> getFilters() {
            return Map.of(
                    "time", new Format(Formats::time),
                    "number", new Format(number -> String.format(Locale.ROOT, "%,d", (Number) number)),
                    "short", new Format(digest -> digest.toString().substring(0, 12)));
        }

        private static String time(Object instant) {
            return ((Instant) instant)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString()
                    .replace('T', ' ')
                    .replace("Z", "");
        }
    }

    private record Format(java.util.function.Function<Object, String> form) implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> args,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            return input == null ? null : form.apply(input);
        }
    }
}
