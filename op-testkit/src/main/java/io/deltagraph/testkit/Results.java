package io.deltagraph.testkit;

import io.deltagraph.check.Program;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an op gives at a point, to be set beside exact numbers.
 *
 * @param inputs the inputs
 * @param cotangent the cotangent
 * @param output the output
 * @param gradients the gradients of the inputs that have one, by position
 */
record Results(
    List<Tensor> inputs, Tensor cotangent, Tensor output, Map<Integer, Tensor> gradients) {

  /** What a point is about. */
  enum Kind {
    /** Numbers next to 0 and far out: the output, and the gradient where the output is finite. */
    FINITE,
    /** The same with a cotangent of 0 or far out: the gradient, where the output has its digits. */
    SEEDED,
    /** Infinite inputs: output and gradient, where they have limits. */
    INFINITE;

    /** Infinity is seen from so many digits away, and then from twice as many. */
    private static final int DIGITS = 400;

    /** Exact numbers, given what they are with so many digits for infinity. */
    List<Varied> seen(IntFunction<List<Varied>> numbers) {
      List<Varied> near = numbers.apply(DIGITS);
      if (this != INFINITE) {
        return near;
      }
      List<Varied> further = numbers.apply(2 * DIGITS);
      return IntStream.range(0, near.size())
          .mapToObj(i -> near.get(i).limit(further.get(i)))
          .toList();
    }
  }

  /** An element of an input. */
  record Entry(int input, int element) {}

  /** A trial prepared to be run at many points. */
  static final class Runner {
    private final Trial trial;
    private final List<Integer> flows = new ArrayList<>();
    private final Program program;

    Runner(Trial trial) {
      this.trial = trial;
      List<Value> values = new ArrayList<>(List.of(trial.output()));
      for (int input : trial.floats()) {
        if (trial.flow(input) instanceof Trial.Flow.Of flow) {
          values.add(flow.gradient());
          flows.add(input);
        }
      }
      program = trial.program(values);
    }

    Results run(Map<String, Tensor> point) {
      List<Tensor> results = program.run(point);
      Map<Integer, Tensor> gradients = new HashMap<>();
      for (int i = 0; i < flows.size(); i++) {
        gradients.put(flows.get(i), results.get(1 + i));
      }
      return new Results(
          IntStream.range(0, trial.inputs().size())
              .mapToObj(i -> Objects.requireNonNull(point.get(Trial.name(i))))
              .toList(),
          Objects.requireNonNull(point.get(Trial.COTANGENT)),
          results.getFirst(),
          gradients);
    }
  }

  /**
   * Some elements of the output, and of the gradients what flows from these alone.
   *
   * @param outputs the positions of these elements
   * @param entries what they depend on, in the order of the slopes
   * @param exact the elements exactly
   */
  List<Comparison> compared(
      Kind kind, List<Integer> outputs, List<Entry> entries, List<Varied> exact) {
    Closeness close = new Closeness(output.type().dtype());
    Supplier<String> where = () -> where(outputs, entries);
    List<Comparison> result = new ArrayList<>();
    double unit = entries.stream().mapToDouble(this::finiteSize).reduce(1, Math::max);
    boolean judged = true;
    for (int i = 0; i < exact.size(); i++) {
      Varied y = exact.get(i);
      double actual = output.get(outputs.get(i));
      judged &=
          switch (kind) {
            case FINITE -> close.isFinite(y.value());
            case SEEDED -> close.hasDigits(y.value());
            case INFINITE -> true;
          };
      if (kind != Kind.SEEDED) {
        Exact size = kind == Kind.FINITE ? terms(y, entries) : y.value();
        result.add(
            new Comparison(
                "its output", where, actual, y.value(), size, unit, false, kind == Kind.INFINITE));
      }
    }
    for (int k = 0; k < entries.size() && judged; k++) {
      Entry entry = entries.get(k);
      Tensor gradient = gradients.get(entry.input());
      if (gradient != null) {
        double actual = gradient.get(entry.element());
        result.add(gradient(kind, entry, where, actual, outputs, exact, k));
      }
    }
    return result;
  }

  private Comparison gradient(
      Kind kind,
      Entry entry,
      Supplier<String> where,
      double actual,
      List<Integer> outputs,
      List<Varied> exact,
      int slope) {
    Exact sum = Exact.ZERO;
    Exact size = Exact.ZERO;
    double unit = 0;
    for (int i = 0; i < exact.size(); i++) {
      double seed = cotangent.get(outputs.get(i));
      Exact term = exact.get(i).slope(slope).times(Exact.of(seed));
      sum = sum.plus(term);
      size = size.plus(term.abs());
      unit = Math.max(unit, Math.abs(seed));
    }
    String what = "the gradient of input " + entry.input();
    return new Comparison(what, where, actual, sum, size, unit, true, kind == Kind.INFINITE);
  }

  /** The size of an output and of what its inputs contribute to it. */
  private Exact terms(Varied y, List<Entry> entries) {
    Exact size = y.value().abs();
    for (int k = 0; k < entries.size(); k++) {
      size = size.plus(Exact.of(number(entries.get(k))).times(y.slope(k)).abs());
    }
    return size;
  }

  private double number(Entry entry) {
    return inputs.get(entry.input()).get(entry.element());
  }

  private double finiteSize(Entry entry) {
    double size = Math.abs(number(entry));
    return Double.isFinite(size) ? size : 0;
  }

  private String where(List<Integer> outputs, List<Entry> entries) {
    return IntStream.range(0, inputs.size())
            .mapToObj(input -> Trial.name(input) + "=" + numbers(input, entries))
            .collect(Collectors.joining(", "))
        + ", "
        + Trial.COTANGENT
        + "="
        + outputs.stream().map(cotangent::get).toList();
  }

  private List<Double> numbers(int input, List<Entry> entries) {
    return entries.stream().filter(entry -> entry.input() == input).map(this::number).toList();
  }
}
