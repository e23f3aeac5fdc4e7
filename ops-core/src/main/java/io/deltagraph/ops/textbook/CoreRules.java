package io.deltagraph.ops.textbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.Add;
import io.deltagraph.ops.ElementCount;
import io.deltagraph.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The rules of arithmetic and of linear algebra. */
public final class CoreRules implements TextbookRules {
  /** Linear in the first input, whatever else they take. */
  private static final Set<String> LINEAR =
      ImmutableSet.of("transpose", "sum", "mean", "slice", "pad", "reshape", "cumsum");

  @Override
  public List<TextbookRule> rules() {
    return ImmutableList.of(
        TextbookRule.of("(Xᵀ)ᵀ → X", CoreRules::transposedTwice),
        TextbookRule.of("(A B)ᵀ → Bᵀ Aᵀ", CoreRules::transposedProduct),
        TextbookRule.of("the count of an n × k matrix is n k", CoreRules::count),
        TextbookRule.of("A + (−B) → A − B", CoreRules::plusNegative),
        TextbookRule.of("−(A − B) → B − A", CoreRules::negatedDifference),
        TextbookRule.of("A/n ± B/n → (A ± B)/n", CoreRules::commonDivisor),
        TextbookRule.of("numbers leave a product", CoreRules::numbersLeaveProducts),
        TextbookRule.of("f(c A) → c f(A) for a linear f", CoreRules::numbersLeaveLinear),
        TextbookRule.of("a repeated number is that number", CoreRules::repeated),
        TextbookRule.general("the op's own rule", CoreRules::ownRule),
        TextbookRule.general(
            "f by entries: G ⊙ f'(x)", node -> Pullback.in(node).flatMap(Slope::times)));
  }

  private static Optional<Value> transposedTwice(Apply node) {
    return Match.input(node, "transpose", 0).flatMap(inner -> Match.input(inner, "transpose", 0));
  }

  private static Optional<Value> transposedProduct(Apply node) {
    return Match.input(node, "transpose", 0)
        .filter(inner -> inner instanceof Apply product && Match.is(product, "matmul"))
        .map(Apply.class::cast)
        .filter(product -> product.inputs().stream().allMatch(in -> in.type().rank() == 2))
        .map(product -> product.input(1).transpose().matmul(product.input(0).transpose()));
  }

  /** An axis of known size that counts outputs is called k. */
  private static Optional<Value> count(Apply node) {
    if (!Match.is(node, "element_count")
        || !(node.attributes() instanceof ElementCount.Over(List<Integer> given))) {
      return Optional.empty();
    }
    Value counted = node.input(0);
    int rank = counted.type().rank();
    List<Integer> axes = given.isEmpty() ? IntStream.range(0, rank).boxed().toList() : given;
    if (axes.size() < 2) {
      return Optional.empty();
    }
    List<Value> sizes = new ArrayList<>();
    for (int axis : axes) {
      Dim dim = counted.shape().dim(axis);
      if (!dim.isFixed()) {
        sizes.add(ElementCount.of(counted, List.of(axis)));
      } else if (!dim.isOne()) {
        Value size = node.constant(dim.size());
        boolean outputs = rank == 2 && (axis == 1 || axis == -1);
        sizes.add(outputs ? Symbol.of(size, "k") : size);
      }
    }
    return sizes.stream().reduce(Value::times);
  }

  private static Optional<Value> plusNegative(Apply node) {
    boolean plus = Match.is(node, "add");
    if (!plus && !Match.is(node, "subtract")) {
      return Optional.empty();
    }
    Value left = node.input(0);
    Value right = node.input(1);
    return Match.input(right, "negate", 0)
        .filter(value -> right.name().isEmpty())
        .map(value -> plus ? left.minus(value) : left.plus(value));
  }

  private static Optional<Value> negatedDifference(Apply node) {
    Scaled scaled = Scaled.of(node);
    if (scaled.coefficient() >= 0 || !(scaled.core().orElse(node) instanceof Apply inner)) {
      return Optional.empty();
    }
    return Match.is(inner, "subtract") && inner.name().isEmpty()
        ? same(scaled.times(-1).around(inner.input(1).minus(inner.input(0))), node)
        : Optional.empty();
  }

  private static Optional<Value> commonDivisor(Apply node) {
    if (!Match.is(node, "add") && !Match.is(node, "subtract")) {
      return Optional.empty();
    }
    Scaled left = Scaled.of(node.input(0));
    Scaled right = Scaled.of(node.input(1));
    if (left.divisors().isEmpty()
        || !left.divisors().equals(right.divisors())
        || !left.factors().isEmpty()
        || !right.factors().isEmpty()
        || !node.input(0).type().equals(node.type())
        || !node.input(1).type().equals(node.type())) {
      return Optional.empty();
    }
    Value sum = node.on(List.of(bare(left, node), bare(right, node)));
    return Optional.of(new Scaled(1, List.of(), left.divisors(), Optional.of(sum)).value(node));
  }

  private static Value bare(Scaled scaled, Value like) {
    return new Scaled(scaled.coefficient(), List.of(), List.of(), scaled.core()).value(like);
  }

  private static Optional<Value> numbersLeaveProducts(Apply node) {
    boolean product = Match.is(node, "hadamard");
    if (!product && !Match.is(node, "divide") && !Match.is(node, "matmul")) {
      return Match.is(node, "negate") || Match.is(node, "reciprocal")
          ? same(Scaled.of(node), node)
          : Optional.empty();
    }
    Value right = node.input(1);
    boolean number = right.type().rank() == 0 || (product && node.input(0).type().rank() == 0);
    if (number) {
      return same(Scaled.of(node), node);
    }
    Scaled first = Scaled.of(node.input(0));
    Scaled second = Scaled.of(right);
    if (first.isBare() && second.isBare()) {
      return Optional.empty();
    }
    Value one = first.core().orElseGet(() -> node.constant(1));
    Value inner = node.on(List.of(one, second.core().orElseThrow()));
    Scaled numbers =
        new Scaled(1, second.factors(), second.divisors(), Optional.empty())
            .times(second.coefficient());
    Scaled all =
        new Scaled(first.coefficient(), first.factors(), first.divisors(), Optional.empty())
            .times(Match.is(node, "divide") ? numbers.reciprocal() : numbers)
            .around(inner);
    return same(all, node);
  }

  private static Optional<Value> same(Scaled scaled, Value node) {
    return Optional.of(scaled.value(node)).filter(value -> value.type().equals(node.type()));
  }

  private static Optional<Value> numbersLeaveLinear(Apply node) {
    boolean pulled = Pullback.in(node).isPresent();
    if (!pulled && !LINEAR.contains(node.op().id().name())) {
      return Optional.empty();
    }
    boolean padded = Match.is(node, "pad"); // with what is no multiple of anything
    Scaled first = Scaled.of(node.input(0));
    if (padded || first.isBare() || first.core().isEmpty()) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, first.core().get());
    return same(first.around(node.on(inputs)), node);
  }

  private static Optional<Value> repeated(Apply node) {
    boolean product = Match.is(node, "hadamard");
    if (!product && !Match.is(node, "divide")) {
      return Optional.empty();
    }
    List<Value> inputs = new ArrayList<>(node.inputs());
    for (int i = 0; i < inputs.size(); i++) {
      Value number = inputs.get(i);
      while (number instanceof Apply wide && wide.name().isEmpty() && isSpread(wide)) {
        number = wide.input(0);
      }
      if (number != inputs.get(i)
          && number.type().rank() == 0
          && inputs.get(1 - i).type().equals(node.type())) {
        inputs.set(i, number);
        return Optional.of(node.on(inputs));
      }
    }
    return Optional.empty();
  }

  private static boolean isSpread(Apply node) {
    return Match.is(node, "broadcast_to") || Match.is(node, "reshape");
  }

  /** Of the ops of this module, whose rules are the ones of a table of derivatives. */
  private static Optional<Value> ownRule(Apply node) {
    return Pullback.in(node)
        .filter(parts -> parts.op().getClass().getPackage() == Add.class.getPackage())
        .flatMap(parts -> node.body());
  }
}
