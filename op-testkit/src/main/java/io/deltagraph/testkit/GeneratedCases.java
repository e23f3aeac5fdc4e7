package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cases from nothing but a signature and a schema. A pointwise op has to take them all; of other
 * kinds those are kept that the op's shape rule takes.
 */
final class GeneratedCases {
  private static final List<String> ALONE =
      ImmutableList.of(
          "[]", "[4]", "[2, 3]", "[3, 3]", "[N, 3]", "[2, 1, 3]", "[2, 2, 1, 3]", "[1]", "[0, 3]");

  /** A smaller shape and a larger one that it broadcasts to. */
  private static final List<List<String>> BROADCASTS =
      ImmutableList.of(
          ImmutableList.of("[3]", "[2, 3]"),
          ImmutableList.of("[]", "[2, 2]"),
          ImmutableList.of("[2, 1]", "[2, 3]"),
          ImmutableList.of("[3]", "[N, 3]"));

  /** Shapes of two inputs whose axes are paired. */
  private static final List<List<String>> PAIRS =
      ImmutableList.of(
          ImmutableList.of("[2, 3]", "[3, 4]"),
          ImmutableList.of("[2, 3]", "[4, 3]"),
          ImmutableList.of("[N, 3]", "[3, 2]"),
          ImmutableList.of("[2, 2, 3]", "[2, 3, 2]"),
          ImmutableList.of("[2, 1, 2, 3]", "[3, 3, 2]"),
          ImmutableList.of("[2, 0]", "[0, 3]"),
          ImmutableList.of("[2, 1]", "[1, 3]"),
          ImmutableList.of("[2, 3]", "[3]"));

  private static final List<List<Integer>> AXES =
      ImmutableList.of(
          ImmutableList.of(0), ImmutableList.of(1), ImmutableList.of(-1), ImmutableList.of(0, 1));

  private GeneratedCases() {}

  static List<Case> of(Op<?> op, OpLookup ops) {
    boolean filtered = !(op instanceof Pointwise<?>) || !op.schema().attributes().isEmpty();
    return candidates(op).stream()
        .filter(c -> !filtered || refusal(op, ops, c).isEmpty())
        .filter(c -> !hasIndices(c) || c.inputs().stream().allMatch(GeneratedCases::isWide))
        .collect(ImmutableList.toImmutableList());
  }

  private static Set<Case> candidates(Op<?> op) {
    Set<Case> all = new LinkedHashSet<>();
    List<Case> plain = types(op);
    all.addAll(plain);
    for (OpAttribute<?, ?> attribute : op.schema().attributes()) {
      for (Case at : plain.subList(0, 6)) {
        variants(attribute).forEach(value -> all.add(at.with(attribute.name(), value)));
      }
    }
    return all;
  }

  /** Why an op has no case, with the words by which it refuses a matrix. */
  static String none(Op<?> op, OpLookup ops) {
    String why =
        candidates(op).stream()
            .skip(2)
            .limit(1)
            .flatMap(
                at -> refusal(op, ops, at).stream().map(e -> "; " + at + ": " + e.getMessage()))
            .collect(Collectors.joining());
    return "there is no case: no generated one fits its shape rule; override cases()" + why;
  }

  /** Why the op refuses the case; anything but a refusal is for the checks to report. */
  private static Optional<GraphException> refusal(Op<?> op, OpLookup ops, Case at) {
    try {
      Trial.apply(GraphBuilder.withoutSites(ops), op, at, DType.F64);
      return Optional.empty();
    } catch (GraphException.BadTypes | GraphException.BadAttribute e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean hasIndices(Case at) {
    return at.inputs().stream().anyMatch(type -> type.dtype().isInteger());
  }

  /** Whether 0 and 1, which indices are drawn from, are places along every axis. */
  private static boolean isWide(TensorType type) {
    return type.shape().dims().stream().noneMatch(dim -> dim.isFixed() && dim.size() < 2);
  }

  private static List<Object> variants(OpAttribute<?, ?> attribute) {
    Object fallback = attribute.fallback();
    return switch (attribute.kind()) {
      case FLAG -> List.of(!Boolean.TRUE.equals(fallback));
      case INTEGERS -> List.copyOf(AXES);
      case INTEGER -> List.of(0, 1, -1);
      case NUMBER -> fallback instanceof Double number ? List.of(0.5 * number + 0.25) : List.of();
      case TEXT, DTYPE, SHAPE -> List.of();
    };
  }

  private static List<Case> types(Op<?> op) {
    OpSignature signature = op.signature();
    int count = signature.inputs().size() + (signature.repeats() ? 1 : 0);
    List<Case> cases = new ArrayList<>();
    ALONE.forEach(shape -> cases.add(same(signature, count, shape)));
    if (count > 1) {
      for (List<String> pair : BROADCASTS) {
        for (int small = 0; small < count; small++) {
          List<TensorType> types = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            types.add(type(signature, i, i == small ? pair.get(0) : pair.get(1)));
          }
          cases.add(Case.of(types.toArray(TensorType[]::new)));
        }
      }
    }
    if (count == 2 && !(op instanceof Pointwise<?>)) {
      PAIRS.forEach(pair ->
          cases.add(Case.of(type(signature, 0, pair.get(0)), type(signature, 1, pair.get(1)))));
    }
    return cases;
  }

  private static Case same(OpSignature signature, int count, String shape) {
    TensorType[] types = new TensorType[count];
    for (int i = 0; i < count; i++) {
      types[i] = type(signature, i, shape);
    }
    return Case.of(types);
  }

  private static TensorType type(OpSignature signature, int input, String shape) {
    DType dtype =
        switch (signature.input(input).accepts()) {
          case FLOAT, SAME, ANY -> DType.F64;
          case INTEGER -> DType.I32;
          case MASK -> DType.BOOL;
        };
    return new TensorType(dtype, Shape.parse(shape));
  }
}
