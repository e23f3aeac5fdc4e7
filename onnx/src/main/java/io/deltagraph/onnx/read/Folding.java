package io.deltagraph.onnx.read;

import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the sizes of shapes while a file is read, as exporters write it: a size is
 * taken out of a shape, multiplied, put together with others, and becomes the shape of something
 * else.
 */
final class Folding {
  private final Node node;

  private Folding(Node node) {
    this.node = node;
  }

  /** The numbers that a node gives, if it works on numbers that are known; else nothing. */
  static Optional<NodeOperand> of(Node node) {
    for (int i = 0; i < node.inputs(); i++) {
      Optional<NodeOperand> input = node.optional(i);
      if (input.isPresent() && input.get().numbers().isEmpty()) {
        return Optional.empty();
      }
    }
    if (node.inputs() == 0 || node.outputs() != 1) {
      return Optional.empty();
    }
    @Nullable WholeNumbers result = new Folding(node).result();
    if (result == null || result.size() > ReadLimits.NUMBERS) {
      return Optional.empty();
    }
    node.made(result.size());
    return Optional.of(NodeOperand.of(result, node.builder()));
  }

  private @Nullable WholeNumbers result() {
    return switch (node.operator()) {
      case "Identity" -> node.numbers(0);
      case "Cast" -> cast(node.numbers(0));
      case "Concat" -> concat();
      case "Gather" -> gather(node.numbers(0), node.numbers(1));
      case "Slice" -> slice(node.numbers(0));
      case "Unsqueeze" -> rank(0, 1);
      case "Squeeze" -> rank(1, 0);
      case "Add" -> pairs((a, b) -> sum(a, b));
      case "Sub" -> pairs((a, b) -> b.equals(ZERO) ? a : known(a, b, Math::subtractExact));
      case "Mul" -> pairs((a, b) -> product(a, b));
      case "Div" ->
          pairs((a, b) -> b.equals(ONE) ? a : b.equals(ZERO) ? null : known(a, b, (x, y) -> x / y));
      case "Equal" -> equal();
      case "Where" -> where(node.numbers(0), node.numbers(1), node.numbers(2));
      default -> null;
    };
  }

  private static final WholeNumbers.Entry ZERO = new WholeNumbers.Known(0);
  private static final WholeNumbers.Entry ONE = new WholeNumbers.Known(1);

  /** What becomes of two numbers, if that is known. */
  @FunctionalInterface
  private interface Pair {
    WholeNumbers.@Nullable Entry of(WholeNumbers.Entry left, WholeNumbers.Entry right);
  }

  @FunctionalInterface
  private interface Arithmetic {
    long of(long left, long right);
  }

  private static WholeNumbers.@Nullable Entry known(
      WholeNumbers.Entry left, WholeNumbers.Entry right, Arithmetic arithmetic) {
    OptionalLong a = left.known();
    OptionalLong b = right.known();
    return a.isPresent() && b.isPresent()
        ? new WholeNumbers.Known(arithmetic.of(a.getAsLong(), b.getAsLong()))
        : null;
  }

  private static WholeNumbers.@Nullable Entry sum(
      WholeNumbers.Entry left, WholeNumbers.Entry right) {
    return left.equals(ZERO)
        ? right
        : right.equals(ZERO) ? left : known(left, right, Math::addExact);
  }

  private static WholeNumbers.@Nullable Entry product(
      WholeNumbers.Entry left, WholeNumbers.Entry right) {
    return left.equals(ONE)
        ? right
        : right.equals(ONE) ? left : known(left, right, Math::multiplyExact);
  }

  /** Pairs of numbers of one dtype, where one number goes with each of the other ones. */
  private @Nullable WholeNumbers pairs(Pair pair) {
    WholeNumbers left = node.numbers(0);
    WholeNumbers right = node.numbers(1);
    if (left.dtype() != right.dtype() || left.dtype() != DType.I64) {
      return null;
    }
    return paired(left, right, pair);
  }

  private static @Nullable WholeNumbers paired(WholeNumbers left, WholeNumbers right, Pair pair) {
    int size = left.size() == 1 ? right.size() : left.size();
    if ((left.size() != size && left.size() != 1) || (right.size() != size && right.size() != 1)) {
      return null;
    }
    List<WholeNumbers.Entry> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      WholeNumbers.@Nullable Entry one = pair.of(at(left, i), at(right, i));
      if (one == null) {
        return null;
      }
      all.add(one);
    }
    return left.with(left.scalar() && right.scalar(), all);
  }

  private static WholeNumbers.Entry at(WholeNumbers numbers, int index) {
    return numbers.get(numbers.size() == 1 ? 0 : index);
  }

  private @Nullable WholeNumbers equal() {
    @Nullable WholeNumbers same =
        pairs((a, b) ->
            a.known().isPresent() == b.known().isPresent() ? (a.equals(b) ? ONE : ZERO) : null);
    return same == null ? null : new WholeNumbers(DType.BOOL, same.scalar(), same.entries());
  }

  private static @Nullable WholeNumbers where(
      WholeNumbers mask, WholeNumbers yes, WholeNumbers no) {
    if (mask.dtype() != DType.BOOL
        || yes.dtype() != no.dtype()
        || mask.size() != yes.size()
        || mask.size() != no.size()
        || mask.scalar() != yes.scalar()
        || mask.scalar() != no.scalar()) {
      return null;
    }
    List<WholeNumbers.Entry> all = new ArrayList<>();
    for (int i = 0; i < mask.size(); i++) {
      all.add(mask.get(i).equals(ZERO) ? no.get(i) : yes.get(i));
    }
    return yes.with(yes.scalar(), all);
  }

  private @Nullable WholeNumbers cast(WholeNumbers numbers) {
    boolean same = node.attributes().integer("to") == ElementTypes.number(DType.I64);
    return same && numbers.dtype() != DType.BOOL
        ? new WholeNumbers(DType.I64, numbers.scalar(), numbers.entries())
        : null;
  }

  private @Nullable WholeNumbers concat() {
    List<WholeNumbers.Entry> all = new ArrayList<>();
    for (int i = 0; i < node.inputs(); i++) {
      WholeNumbers part = node.numbers(i);
      if (part.scalar() || part.dtype() != DType.I64 || all.size() > ReadLimits.NUMBERS) {
        return null;
      }
      all.addAll(part.entries());
    }
    long axis = node.attributes().integer("axis");
    return axis == 0 || axis == -1 ? node.numbers(0).with(false, all) : null;
  }

  private @Nullable WholeNumbers gather(WholeNumbers from, WholeNumbers positions) {
    long axis = node.attributes().integer("axis", 0);
    if (from.scalar() || (axis != 0 && axis != -1)) {
      return null;
    }
    List<WholeNumbers.Entry> all = new ArrayList<>();
    for (WholeNumbers.Entry position : positions.entries()) {
      OptionalLong given = position.known();
      long index = given.orElse(Long.MAX_VALUE);
      long turned = index < 0 ? index + from.size() : index;
      if (turned < 0 || turned >= from.size()) {
        return null;
      }
      all.add(from.get((int) turned));
    }
    return from.with(positions.scalar(), all);
  }

  private @Nullable WholeNumbers slice(WholeNumbers from) {
    List<Long> axes = node.integers(3).orElse(List.of(0L));
    boolean one = axes.equals(List.of(0L)) || axes.equals(List.of(-1L));
    if (from.scalar() || !one || node.numbers(1).size() != 1 || node.numbers(2).size() != 1) {
      return null;
    }
    List<Long> steps = node.integers(4).orElse(List.of(1L));
    if (steps.size() != 1) {
      return null;
    }
    Cut cut =
        Cut.of(
            node,
            Dim.of(from.size()),
            node.numbers(1).get(0),
            node.numbers(2).get(0),
            steps.getFirst());
    List<WholeNumbers.Entry> all = new ArrayList<>();
    for (int k = 0; k < cut.count(); k++) {
      all.add(from.get(cut.start() + k * cut.step()));
    }
    return from.with(false, all);
  }

  /** A scalar as a vector of one, or back. */
  private @Nullable WholeNumbers rank(int from, int to) {
    WholeNumbers numbers = node.numbers(0);
    List<Long> axes = node.integers(1).orElse(List.of(0L));
    boolean first = axes.equals(List.of(0L)) || axes.equals(List.of(-1L));
    return first && numbers.scalar() == (from == 0) && numbers.size() == 1
        ? numbers.with(to == 0, numbers.entries())
        : null;
  }
}
