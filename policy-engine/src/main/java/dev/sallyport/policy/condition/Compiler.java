package dev.sallyport.policy.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes programs of expressions, within bounds: CEL has no run-time cost budget, so that what an expression can cost is
 * worked out before, in {@link Steps}, and bounded by its size, its depth, the iterations of its comprehensions and the size
 * of its regular expressions.
 */
final class Compiler {
    static final int MAX_CODE_POINTS = 2_000;
    static final int MAX_DEPTH = 32;
    static final int MAX_COMPREHENSIONS_NESTED = 2;
    /** Of all comprehensions of one evaluation together, as the evaluator counts them: nested ones multiply. */
    static final int MAX_ITERATIONS = 100;

    static final int MAX_REGEX_PROGRAM = 500;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_CODE_POINTS)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX_PROGRAM)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final CelCompiler COMPILER = compiler();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private Compiler() {}

    /**
     * What became of an expression.
     *
     * @param faults what is wrong with it; empty when it is sound
     * @param program the program; null when it is not sound
     * @param facts the facts that it refers to, such as {@code request.rows} and {@code now}
     * @param steps the most that one evaluation costs, as {@link Steps} counts; 0 when it is not sound
     */
    record Compiled(List<String> faults, CelRuntime.@Nullable Program program, Set<String> facts, long steps) {
        Compiled {
            faults = List.copyOf(faults);
            facts = Set.copyOf(facts);
        }

        static Compiled faulty(List<String> faults) {
            return new Compiled(faults, null, Set.of(), 0);
        }
    }

    private static CelCompiler compiler() {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(Vocabulary.types())
                .setResultType(SimpleType.BOOL);
        Vocabulary.variables().forEach(builder::addVar);
        return builder.build();
    }

    static Compiled compile(String expression) {
        CelValidationResult result = COMPILER.compile(expression);
        if (result.hasError()) {
            return Compiled.faulty(
                    result.getErrors().stream().map(Compiler::sentence).toList());
        }
        try {
            CelAbstractSyntaxTree ast = result.getAst();
            CelNavigableExpr root = CelNavigableAst.fromAst(ast).getRoot();
            List<String> faults = tooMuch(root);
            if (!faults.isEmpty()) {
                return Compiled.faulty(faults);
            }
            Steps.Bound bound = Steps.of(ast);
            return bound.rounds() <= MAX_ITERATIONS
                    ? new Compiled(List.of(), RUNTIME.createProgram(ast), facts(root), bound.steps())
                    : Compiled.faulty(List.of("all, exists, exists_one, map and filter go round " + bound.rounds()
                            + " times, one inside another multiplied; at most " + MAX_ITERATIONS + " are accepted"));
        } catch (CelValidationException | CelEvaluationException e) {
            return Compiled.faulty(List.of("the expression cannot be compiled: " + e.getMessage()));
        }
    }

    private static String sentence(CelIssue issue) {
        CelSourceLocation place = issue.getSourceLocation();
        String where = "line " + place.getLine() + ", character " + (place.getColumn() + 1) + " of the expression: ";
        String message = issue.getMessage();
        if (message.startsWith("undeclared reference to 'decision'")) {
            return where + "decision.significant is not supported yet";
        }
        if (message.startsWith("undeclared reference to")) {
            message = message.replace(" (in container '')", "") + "; known are "
                    + String.join(", ", Vocabulary.variables().keySet());
        }
        if (message.startsWith("undefined field")) {
            message = message + "; known are " + String.join(", ", known());
        }
        return where + message;
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>();
        Vocabulary.REQUEST_FIELDS.keySet().forEach(field -> known.add("request." + field));
        Vocabulary.SUBJECT_FIELDS.keySet().forEach(field -> known.add("subject." + field));
        Vocabulary.MODEL_FIELDS.keySet().forEach(field -> known.add("model." + field));
        known.add(Vocabulary.NOW);
        Vocabulary.OUTPUT_FIELDS.keySet().forEach(field -> known.add("output." + field));
        return known;
    }

    private static List<String> tooMuch(CelNavigableExpr root) {
        List<String> faults = new ArrayList<>();
        if (root.height() > MAX_DEPTH) {
            faults.add("the expression is " + root.height() + " levels deep; at most " + MAX_DEPTH + " are accepted");
        }
        if (root.allNodes().anyMatch(node -> comprehensionsAround(node) > MAX_COMPREHENSIONS_NESTED)) {
            faults.add("more than " + MAX_COMPREHENSIONS_NESTED
                    + " of all, exists, exists_one, map and filter stand inside each other");
        }
        if (root.allNodes().anyMatch(node -> node.getKind() == Kind.STRUCT)) {
            faults.add("an expression makes no messages");
        }
        return faults;
    }

    private static int comprehensionsAround(CelNavigableExpr node) {
        int count = 0;
        for (Optional<CelNavigableExpr> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().getKind() == Kind.COMPREHENSION) {
                count++;
            }
        }
        return count;
    }

    /** Selections on a variable, and variables used as a whole. */
    private static Set<String> facts(CelNavigableExpr root) {
        Set<String> facts = new TreeSet<>();
        root.allNodes().filter(node -> node.getKind() == Kind.IDENT).forEach(node -> {
            String name = node.expr().ident().name();
            if (Vocabulary.variables().containsKey(name)) {
                String field = node.parent()
                        .filter(parent -> parent.getKind() == Kind.SELECT)
                        .map(parent -> "." + parent.expr().select().field())
                        .orElse("");
                facts.add(name + field);
            }
        });
        return facts;
    }
}
