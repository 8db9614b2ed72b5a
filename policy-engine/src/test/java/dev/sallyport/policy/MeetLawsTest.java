package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.lattice.Agreed;
import dev.sallyport.policy.lattice.Among;
import dev.sallyport.policy.lattice.AtLeast;
import dev.sallyport.policy.lattice.AtMost;
import dev.sallyport.policy.lattice.Keyed;
import dev.sallyport.policy.lattice.Meet;
import dev.sallyport.policy.lattice.Strictest;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.lattice.Union;
import dev.sallyport.policy.output.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The laws of the lattice, for every kind of setting and for whole documents. */
final class MeetLawsTest {
    /** The first law that a meet breaks for three values and its top. */
    private static <T> Optional<String> broken(BinaryOperator<T> meet, T top, T a, T b, T c) {
        if (!meet.apply(a, b).equals(meet.apply(b, a))) {
            return Optional.of("commutative");
        }
        if (!meet.apply(meet.apply(a, b), c).equals(meet.apply(a, meet.apply(b, c)))) {
            return Optional.of("associative");
        }
        if (!meet.apply(a, a).equals(a)) {
            return Optional.of("idempotent");
        }
        return meet.apply(a, top).equals(a) ? Optional.empty() : Optional.of("identity");
    }

    private static <T extends Meet<T>> void assertLaws(T top, T a, T b, T c) {
        assertThat(broken(Meet::meet, top, a, b, c)).isEmpty();
    }

    @Provide
    Arbitrary<Among<String>> sets() {
        return Arbitraries.of("a", "b", "c", "d")
                .set()
                .map(Among::of)
                .injectNull(0.2)
                .map(set -> set == null ? Among.any() : set);
    }

    @Provide
    Arbitrary<AtMost> limits() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(0, 9).map(AtMost::new)),
                Tuple.of(1, Arbitraries.just(AtMost.UNLIMITED)));
    }

    @Provide
    Arbitrary<AtLeast> floors() {
        return Arbitraries.longs().between(0, 9).map(AtLeast::new);
    }

    @Provide
    Arbitrary<Strictest<Shape>> shapes() {
        return Arbitraries.of(Shape.class).map(Strictest::new);
    }

    @Provide
    Arbitrary<Agreed> grounds() {
        return Arbitraries.of("contract", "consent").set().map(said -> new Agreed(new TreeSet<>(said)));
    }

    @Provide
    Arbitrary<Union<String, Integer>> unions() {
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.integers().between(1, 3).set().ofMinSize(1))
                .map(asked -> {
                    TreeMap<String, SortedSet<Integer>> sorted = new TreeMap<>();
                    asked.forEach((element, who) -> sorted.put(element, new TreeSet<>(who)));
                    return new Union<>(sorted);
                });
    }

    @Provide
    Arbitrary<Traced<AtMost, Integer>> traced() {
        return Arbitraries.maps(Arbitraries.integers().between(1, 4), limits())
                .ofMaxSize(3)
                .map(said -> said.entrySet().stream()
                        .map(entry -> Traced.of(entry.getValue(), entry.getKey()))
                        .reduce(Traced.unsaid(AtMost.UNLIMITED), Traced::meet));
    }

    @Provide
    Arbitrary<Keyed<String, AtMost>> keyed() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), limits())
                .map(values -> new Keyed<>(new TreeMap<>(values)));
    }

    @Provide
    Arbitrary<Settings> settings() {
        return Documents.documents().map(PolicyDocument::settings);
    }

    @Property
    void among_keepsTheLaws(
            @ForAll("sets") Among<String> a, @ForAll("sets") Among<String> b, @ForAll("sets") Among<String> c) {
        assertLaws(Among.any(), a, b, c);
    }

    @Property
    void atMost_keepsTheLaws(@ForAll("limits") AtMost a, @ForAll("limits") AtMost b, @ForAll("limits") AtMost c) {
        assertLaws(AtMost.UNLIMITED, a, b, c);
    }

    @Property
    void atLeast_keepsTheLaws(@ForAll("floors") AtLeast a, @ForAll("floors") AtLeast b, @ForAll("floors") AtLeast c) {
        assertLaws(AtLeast.NOTHING, a, b, c);
    }

    @Property
    void strictest_keepsTheLaws(
            @ForAll("shapes") Strictest<Shape> a,
            @ForAll("shapes") Strictest<Shape> b,
            @ForAll("shapes") Strictest<Shape> c) {
        assertLaws(new Strictest<>(Shape.FULL), a, b, c);
    }

    @Property
    void agreed_keepsTheLaws(@ForAll("grounds") Agreed a, @ForAll("grounds") Agreed b, @ForAll("grounds") Agreed c) {
        assertLaws(Agreed.UNSAID, a, b, c);
    }

    @Property
    void union_keepsTheLaws(
            @ForAll("unions") Union<String, Integer> a,
            @ForAll("unions") Union<String, Integer> b,
            @ForAll("unions") Union<String, Integer> c) {
        assertLaws(Union.none(), a, b, c);
    }

    @Property
    void traced_keepsTheLaws(
            @ForAll("traced") Traced<AtMost, Integer> a,
            @ForAll("traced") Traced<AtMost, Integer> b,
            @ForAll("traced") Traced<AtMost, Integer> c) {
        assertLaws(Traced.unsaid(AtMost.UNLIMITED), a, b, c);
    }

    @Property
    void keyed_keepsTheLaws(
            @ForAll("keyed") Keyed<String, AtMost> a,
            @ForAll("keyed") Keyed<String, AtMost> b,
            @ForAll("keyed") Keyed<String, AtMost> c) {
        assertLaws(Keyed.none(), a, b, c);
    }

    @Property(tries = 300)
    void settings_keepTheLaws(
            @ForAll("settings") Settings a, @ForAll("settings") Settings b, @ForAll("settings") Settings c) {
        assertLaws(Settings.TOP, a, b, c);
    }

    /** Meets that are wrong in one way each: the laws must notice every one of them. */
    @Example
    void wrongMeets_areNoticed() {
        assertThat(brokenSomewhere(limits(), AtMost.UNLIMITED, (a, b) -> a)).contains("commutative");
        assertThat(brokenSomewhere(limits(), AtMost.UNLIMITED, MeetLawsTest::highest))
                .contains("identity");
        assertThat(brokenSomewhere(limits(), AtMost.UNLIMITED, MeetLawsTest::mean))
                .contains("associative");
        assertThat(brokenSomewhere(limits(), AtMost.UNLIMITED, MeetLawsTest::oneLess))
                .contains("idempotent");
        assertThat(brokenSomewhere(sets(), Among.any(), MeetLawsTest::joined)).contains("identity");
        assertThat(brokenSomewhere(shapes(), new Strictest<>(Shape.FULL), (a, b) -> b))
                .contains("commutative");
    }

    private static AtMost highest(AtMost a, AtMost b) {
        return a.limit() >= b.limit() ? a : b;
    }

    private static AtMost mean(AtMost a, AtMost b) {
        return new AtMost(a.limit() / 2 + b.limit() / 2);
    }

    private static AtMost oneLess(AtMost a, AtMost b) {
        return new AtMost(Math.max(0, Math.min(a.limit(), b.limit()) - 1));
    }

    private static Among<String> joined(Among<String> a, Among<String> b) {
        if (a.members() == null || b.members() == null) {
            return Among.any();
        }
        TreeSet<String> either = new TreeSet<>(a.members());
        either.addAll(b.members());
        return Among.of(either);
    }

    private static <T> List<String> brokenSomewhere(Arbitrary<T> values, T top, BinaryOperator<T> meet) {
        List<T> samples = values.sampleStream().limit(40).toList();
        return samples.stream()
                .flatMap(a -> samples.stream()
                        .flatMap(b -> samples.stream().limit(8).flatMap(c -> broken(meet, top, a, b, c).stream())))
                .distinct()
                .toList();
    }
}
