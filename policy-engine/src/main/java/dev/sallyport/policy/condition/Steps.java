package dev.sallyport.policy.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one evaluation of an expression can cost at most, worked out from its text. A step is the work of one plain call or of
 * eight characters or elements read, some 100 ns. What can fail costs as much as a failure, which is dear; a pattern costs as
 * many steps as its program has instructions for every character that it is held against.
 */
final class Steps {
    /** What a fact is taken to be as long as: ids and codes are at most 64 characters. */
    private static final long FACT = 64;

    private static final long READ_IN_A_STEP = 8;

    /** What it costs to fail: division by zero, a conversion of a text that is no number, a fact that is not known. */
    private static final long FAILURE = 50;

    /** Calls that never fail. */
    private static final Set<String> SAFE = Set.of(
            "_&&_",
            "_||_",
            "!_",
            "_?_:_",
            "@not_strictly_false",
            "_==_",
            "_!=_",
            "_<_",
            "_<=_",
            "_>_",
            "_>=_",
            "@in",
            "size",
            "startsWith",
            "endsWith",
            "contains");

    private static final Set<CelKind> SMALL = EnumSet.of(
            CelKind.BOOL,
            CelKind.INT,
            CelKind.UINT,
            CelKind.DOUBLE,
            CelKind.NULL_TYPE,
            CelKind.TIMESTAMP,
            CelKind.DURATION,
            CelKind.TYPE);

    private final CelAbstractSyntaxTree ast;
    private final Map<String, Long> locals = new HashMap<>();
    private long steps;
    private long rounds;

    private Steps(CelAbstractSyntaxTree ast) {
        this.ast = ast;
    }

    /**
     * What an expression can cost.
     *
     * @param steps the most steps of one evaluation
     * @param rounds how often its comprehensions go round lists that are written out, one inside another multiplied
     */
    record Bound(long steps, long rounds) {}

    static Bound of(CelAbstractSyntaxTree ast) {
        var counted = new Steps(ast);
        counted.visit(ast.getExpr(), 1, 1);
        return new Bound(counted.steps, counted.rounds);
    }

    /**
     * Counts an expression's steps.
     *
     * @param times how often it is evaluated
     * @param written the same, counting only lists that are written out
     * @return the size of its value: characters, elements with theirs, or 1
     */
    private long visit(CelExpr expr, long times, long written) {
        count(1, times);
        long size = switch (expr.exprKind().getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> locals.getOrDefault(expr.ident().name(), product(FACT, Compiler.MAX_ITERATIONS));
            case SELECT -> {
                visit(expr.select().operand(), times, written);
                count(expr.select().testOnly() ? 0 : FAILURE, times);
                yield isList(expr) ? product(FACT, Compiler.MAX_ITERATIONS) : FACT;
            }
            case CALL -> call(expr, times, written);
            case LIST -> all(expr.list().elements(), times, written);
            case MAP -> {
                long sum = 1;
                for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
                    sum = sum(sum, sum(visit(entry.key(), times, written), visit(entry.value(), times, written)));
                }
                yield sum;
            }
            case COMPREHENSION -> comprehension(expr.comprehension(), times, written);
            case STRUCT, NOT_SET -> 1;
        };
        return isSmall(expr) ? 1 : size;
    }

    private static long constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE -> 1 + constant.stringValue().length();
            case BYTES_VALUE -> 1 + constant.bytesValue().size();
            default -> 1;
        };
    }

    private long all(List<CelExpr> parts, long times, long written) {
        long sum = 1;
        for (CelExpr part : parts) {
            sum = sum(sum, visit(part, times, written));
        }
        return sum;
    }

    private long call(CelExpr expr, long times, long written) {
        CelExpr.CelCall call = expr.call();
        long target = call.target().map(t -> visit(t, times, written)).orElse(1L);
        long sum = sum(target, all(call.args(), times, written));
        count(SAFE.contains(call.function()) ? sum / READ_IN_A_STEP : sum(FAILURE, sum / READ_IN_A_STEP), times);
        if (call.function().equals("matches") && !call.args().isEmpty()) {
            // matches(text, pattern) and text.matches(pattern) are the same call.
            count(product(program(call.args().getLast()), sum(READ_IN_A_STEP, sum)), times);
        } else if (call.function().equals("contains")) {
            count(product(sum, sum) / (2 * READ_IN_A_STEP), times);
        }
        return sum;
    }

    private static long program(CelExpr pattern) {
        if (pattern.exprKind().getKind() != Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Compiler.MAX_REGEX_PROGRAM;
        }
        try {
            int size = Pattern.compile(pattern.constant().stringValue()).programSize();
            return Math.min(size, Compiler.MAX_REGEX_PROGRAM);
        } catch (PatternSyntaxException e) {
            return 1; // it fails whenever it is evaluated
        }
    }

    private long comprehension(CelExpr.CelComprehension loop, long times, long written) {
        CelExpr range = loop.iterRange();
        long whole = visit(range, times, written);
        boolean literal = range.exprKind().getKind() == Kind.LIST;
        long here = literal ? range.list().elements().size() : Math.min(whole, Compiler.MAX_ITERATIONS);
        long inner = product(written, literal ? here : 1);
        rounds = sum(rounds, literal ? inner : 0);
        long round = product(times, Math.min(here, Compiler.MAX_ITERATIONS));
        long element = range.exprKind().getKind() == Kind.SELECT ? FACT : whole;

        long initial = visit(loop.accuInit(), times, written);
        locals.put(loop.iterVar(), element);
        // What one round adds, and with it how large what is gathered can become.
        long before = steps;
        locals.put(loop.accuVar(), 1L);
        long added = visit(loop.loopStep(), 0, 0);
        steps = before;
        locals.put(loop.accuVar(), sum(initial, product(added, here)));
        visit(loop.loopCondition(), round, inner);
        visit(loop.loopStep(), round, inner);
        return visit(loop.result(), times, written);
    }

    private boolean isSmall(CelExpr expr) {
        return ast.getType(expr.id()).map(type -> SMALL.contains(type.kind())).orElse(false);
    }

    private boolean isList(CelExpr expr) {
        return ast.getType(expr.id())
                .map(type -> type.kind() == CelKind.LIST || type.kind() == CelKind.DYN)
                .orElse(true);
    }

    private void count(long work, long times) {
        steps = sum(steps, product(work, times));
    }

    /** A sum that stops at the largest number. */
    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** A product that stops at the largest number. */
    private static long product(long one, long other) {
        return one == 0 || other <= Long.MAX_VALUE / one ? one * other : Long.MAX_VALUE;
    }
}
