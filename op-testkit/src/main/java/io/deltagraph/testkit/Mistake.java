package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Seeds a mistake into the expressions that a backward rule made, whether its author wrote them or
 * the engine derived them: they are rebuilt with other leaves. A rule that has no place for a
 * mistake gets a near one, so that every rule gets all ten.
 */
final class Mistake {
  private final List<Cotangent> rule;
  private final Adjoint<?> at;
  private final ImmutableList<Value> outputs;
  private final ImmutableList<Value> gradients;
  private final ImmutableList<Value> zeros;

  private Mistake(List<Cotangent> rule, Adjoint<?> at, int outputs) {
    this.rule = ImmutableList.copyOf(rule);
    this.at = at;
    this.outputs =
        IntStream.range(0, outputs).mapToObj(at::output).collect(ImmutableList.toImmutableList());
    this.gradients =
        IntStream.range(0, outputs)
            .filter(i -> outputs == 1 || at.reached(i))
            .mapToObj(at::gradient)
            .collect(ImmutableList.toImmutableList());
    this.zeros =
        IntStream.range(0, outputs)
            .filter(i -> outputs > 1 && !at.reached(i) && at.output(i).dtype().isFloat())
            .mapToObj(at::gradient)
            .collect(ImmutableList.toImmutableList());
  }

  /** Whether a change of that part shows: in a term of an output that is not reached, none does. */
  private boolean shows(Value part) {
    List<Value> made = parts(part);
    return zeros.isEmpty()
        || (gradients.stream().anyMatch(made::contains)
            && zeros.stream().noneMatch(made::contains));
  }

  /** The rule with the mistake. */
  static List<Cotangent> in(List<Cotangent> rule, Adjoint<?> at, int outputs, Mutator mutator) {
    Mistake mistake = new Mistake(rule, at, outputs);
    return switch (mutator) {
      case NEGATE -> mistake.each(flow -> Tamper.scale(flow, -1));
      case DOUBLE -> mistake.each(flow -> Tamper.scale(flow, 2));
      case HALVE -> mistake.each(flow -> Tamper.scale(flow, 0.5));
      case ZERO -> mistake.each(flow -> Tamper.scale(flow, 0));
      case TRANSPOSE -> mistake.each(flow -> Tamper.apply(flow, Tamper.Kind.TRANSPOSE));
      case DROP_FACTOR -> mistake.each(mistake::withoutFactor);
      case DROP_SUM -> mistake.withoutSum();
      case SWAP_OPERANDS -> mistake.swapped();
      case STALE_OUTPUT -> mistake.stale();
      case WRONG_INPUT -> mistake.wrongInput();
    };
  }

  private List<Cotangent> each(UnaryOperator<Value> change) {
    List<Cotangent> result = new ArrayList<>();
    for (Cotangent cotangent : rule) {
      result.add(
          switch (cotangent) {
            case Cotangent.Flow flow -> Cotangent.flow(change.apply(flow.gradient()));
            case Cotangent.Zero zero -> zero;
            case Cotangent.Flat flat -> flat;
            case Cotangent.Missing missing -> missing;
          });
    }
    return result;
  }

  private List<Cotangent> replacing(Map<Value, Value> leaves) {
    return each(flow -> rebuilt(flow, leaves));
  }

  /** What a flow is made of, down to the gradient, the output and the inputs, arguments first. */
  private List<Value> parts(Value flow) {
    return Reachable.from(List.of(flow), leaves()::contains);
  }

  private Set<Value> leaves() {
    Set<Value> leaves = new HashSet<>(at.inputs());
    leaves.addAll(gradients);
    leaves.addAll(outputs);
    return leaves;
  }

  private boolean reads(Value leaf) {
    return rule.stream()
        .anyMatch(cotangent ->
            cotangent instanceof Cotangent.Flow flow && parts(flow.gradient()).contains(leaf));
  }

  /** A flow with some of its parts replaced by others. */
  private Value rebuilt(Value flow, Map<Value, Value> replaced) {
    Map<Value, Value> standing = new HashMap<>();
    leaves().forEach(leaf -> standing.put(leaf, leaf));
    standing.putAll(replaced);
    return new Substitution(standing).in(flow);
  }

  /** Without one factor of its last product, or without the gradient from above. */
  private Value withoutFactor(Value flow) {
    for (Value part : parts(flow).reversed()) {
      if (part instanceof Apply apply
          && isProduct(apply)
          && !outputs.contains(part)
          && !at.inputs().contains(part)
          && apply.inputs().stream().noneMatch(Constant.class::isInstance)
          && shows(part)) {
        Optional<Value> kept =
            apply.inputs().stream().filter(v -> v.type().equals(part.type())).findFirst();
        if (kept.isPresent()) {
          return rebuilt(flow, ImmutableMap.of(part, kept.get()));
        }
      }
    }
    Map<Value, Value> ones = new HashMap<>();
    gradients.forEach(g -> ones.put(g, Tamper.apply(g, Tamper.Kind.ONES)));
    return rebuilt(flow, ones);
  }

  private boolean isProduct(Apply apply) {
    Value gradient = gradients.getFirst();
    return gradient.times(gradient) instanceof Apply product && product.op().equals(apply.op());
  }

  /** With the first term in place of a fold, of the un-broadcasting sum, or of all. */
  private List<Cotangent> withoutSum() {
    List<Cotangent> result = new ArrayList<>();
    for (int i = 0; i < rule.size(); i++) {
      Value input = at.input(i);
      result.add(
          switch (rule.get(i)) {
            case Cotangent.Flow flow -> Cotangent.flow(withoutSum(flow.gradient(), input));
            case Cotangent.Zero zero -> zero;
            case Cotangent.Flat flat -> flat;
            case Cotangent.Missing missing -> missing;
          });
    }
    return result;
  }

  private Value withoutSum(Value flow, Value input) {
    if (!flow.shape().equals(input.shape())) {
      return Tamper.firstTerm(flow, repeated(flow.shape(), input.shape()), input.type());
    }
    for (Value part : parts(flow).reversed()) {
      if (part instanceof Apply apply
          && !outputs.contains(part)
          && !at.inputs().contains(part)
          && apply.op() instanceof Reduction<Record> fold
          && shows(part)) {
        InputTypes types = apply.inputTypes();
        List<Integer> axes = fold.axes(apply.attributes()).of(types);
        Value first = Tamper.firstTerm(apply.input(0), axes, part.type());
        return rebuilt(flow, ImmutableMap.of(part, first));
      }
    }
    return Tamper.apply(flow, Tamper.Kind.FIRST_PLACE);
  }

  /** The axes of {@code wide} along which {@code narrow} was repeated. */
  private static List<Integer> repeated(Shape wide, Shape narrow) {
    int extra = wide.rank() - narrow.rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < wide.rank(); axis++) {
      if (axis < extra || !wide.dim(axis).equals(narrow.dim(axis - extra))) {
        axes.add(axis);
      }
    }
    return axes;
  }

  /**
   * With two inputs exchanged, or their cotangents, or the gradients of two outputs, or the
   * gradient with what the rule lacks.
   */
  private List<Cotangent> swapped() {
    for (int i = 0; i < rule.size(); i++) {
      for (int j = i + 1; j < rule.size(); j++) {
        Value a = at.input(i);
        Value b = at.input(j);
        if (a.dtype().isFloat() && !a.equals(b) && a.type().equals(b.type())) {
          return reads(a) || reads(b) ? replacing(ImmutableMap.of(a, b, b, a)) : exchanged(i, j);
        }
      }
    }
    Value gradient = gradients.getFirst();
    Value last = gradients.getLast();
    if (!last.equals(gradient) && last.type().equals(gradient.type())) {
      return replacing(ImmutableMap.of(gradient, last, last, gradient));
    }
    Value output = outputOf(gradient);
    Value other =
        at.inputs().stream()
            .filter(input -> reads(output) && input.type().equals(gradient.type()))
            .findFirst()
            .orElse(output);
    return replacing(ImmutableMap.of(gradient, other, other, gradient));
  }

  /** The output that a gradient is that of. */
  private Value outputOf(Value gradient) {
    return outputs.stream()
        .filter(output -> output.type().equals(gradient.type()))
        .findFirst()
        .orElseThrow();
  }

  private List<Cotangent> exchanged(int i, int j) {
    List<Cotangent> result = new ArrayList<>(rule);
    result.set(i, rule.get(j));
    result.set(j, rule.get(i));
    return result;
  }

  private List<Cotangent> stale() {
    Value leaf =
        outputs.stream()
            .filter(output -> output.dtype().isFloat() && reads(output))
            .findFirst()
            .orElse(gradients.getFirst());
    return replacing(ImmutableMap.of(leaf, Tamper.apply(leaf, Tamper.Kind.STALE)));
  }

  /** With another input in place of the one that is read, or the elements of a neighbour. */
  private List<Cotangent> wrongInput() {
    for (Value read : at.inputs()) {
      if (read.dtype().isFloat() && reads(read)) {
        Value other =
            at.inputs().stream()
                .filter(input -> !input.equals(read) && input.type().equals(read.type()))
                .findFirst()
                .orElseGet(() -> Tamper.apply(read, Tamper.Kind.ROLL));
        return replacing(ImmutableMap.of(read, other));
      }
    }
    return each(flow -> Tamper.apply(flow, Tamper.Kind.ROLL));
  }
}
