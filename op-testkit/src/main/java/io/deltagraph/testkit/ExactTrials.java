package io.deltagraph.testkit;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** An op of any kind beside exact numbers, one small run for each point. */
final class ExactTrials implements Road {
  /** How many roundings neighbours are apart at least where all are about the same. */
  private static final int APART = 4;

  private final Subject subject;
  private final Trial trial;
  private final Results.Runner runner;
  private final DType dtype;
  private final List<Integer> varied;
  private final List<Results.Entry> entries = new ArrayList<>();
  private final List<Comparison> comparisons = new ArrayList<>();

  ExactTrials(Subject subject, Case at, DType dtype, List<Integer> varied) {
    this.subject = subject;
    this.trial = Trial.of(subject, subject.op(), at, dtype, Map.of());
    this.runner = new Results.Runner(trial);
    this.dtype = dtype;
    this.varied = varied;
    for (int input : trial.floats()) {
      for (int k = 0; k < trial.tensor(input).length(); k++) {
        entries.add(new Results.Entry(input, k));
      }
    }
  }

  /** The same place everywhere, almost the same, and one of them alone. */
  @Override
  public List<Comparison> finite() {
    for (int input : varied) {
      for (double place : places(input).all().asList()) {
        look(Results.Kind.FINITE, alone(input, place), 1);
      }
      for (double place : places(input).farthest().asList()) {
        for (double factor : Places.factors(dtype)) {
          look(Results.Kind.SEEDED, alone(input, place), factor);
        }
      }
    }
    for (int number = 0; number < most(); number++) {
      look(Results.Kind.FINITE, everywhere(number, number % 2 * APART), 1);
    }
    return taken();
  }

  /** Different places side by side. */
  @Override
  public List<Comparison> mixed() {
    for (int number = 0; number < most(); number += 3) {
      look(Results.Kind.FINITE, mixed(number), 1);
    }
    return taken();
  }

  private int most() {
    return varied.stream().mapToInt(input -> places(input).all().length()).max().orElse(0);
  }

  private List<Comparison> taken() {
    List<Comparison> taken = List.copyOf(comparisons);
    comparisons.clear();
    return taken;
  }

  /** With one element of each input in turn infinite. */
  @Override
  public List<Comparison> infinite() {
    for (int input : varied) {
      for (double end : Places.ends(subject.op().domain().input(input))) {
        look(Results.Kind.INFINITE, alone(input, end), 1);
      }
    }
    return taken();
  }

  private Places places(int input) {
    return Places.of(dtype, subject.op().domain().input(input));
  }

  private double place(int input, int number) {
    List<Double> all = places(input).all().asList();
    return all.get(number % all.size());
  }

  private Map<String, Tensor> alone(int input, double place) {
    Tensor drawn = trial.tensor(input);
    Map<String, Tensor> point = new HashMap<>(trial.point());
    point.put(Trial.name(input), Tensor.generate(drawn.type(), i -> i == 0 ? place : drawn.get(i)));
    return point;
  }

  private Map<String, Tensor> everywhere(int number, int apart) {
    Map<String, Tensor> point = new HashMap<>(trial.point());
    for (int input : varied) {
      double place = place(input, number);
      double step = place * apart * dtype.epsilon();
      point.put(
          Trial.name(input),
          Tensor.generate(trial.tensor(input).type(), i -> place - i * (i + 1) * step));
    }
    return point;
  }

  private Map<String, Tensor> mixed(int number) {
    Map<String, Tensor> point = new HashMap<>(trial.point());
    for (int input : varied) {
      point.put(
          Trial.name(input),
          Tensor.generate(
              trial.tensor(input).type(), i -> place(input, number + 7 * i + 5 * input)));
    }
    return point;
  }

  private void look(Results.Kind kind, Map<String, Tensor> point, double factor) {
    Tensor weights = trial.cotangent();
    point.put(Trial.COTANGENT, Tensor.generate(weights.type(), i -> weights.get(i) * factor));
    List<Varied> exact =
        kind.seen(digits ->
            new ExactGraph(trial.at().sizes(), inputs(point, digits))
                .of(trial.output())
                .orElse(List.of()));
    if (exact.isEmpty()) {
      return;
    }
    List<Integer> outputs = IntStream.range(0, exact.size()).boxed().toList();
    comparisons.addAll(runner.run(point).compared(kind, outputs, entries, exact));
  }

  private Map<Value, List<Varied>> inputs(Map<String, Tensor> point, int infinity) {
    Map<Value, List<Varied>> inputs = new HashMap<>();
    int next = 0;
    for (int input = 0; input < trial.inputs().size(); input++) {
      Tensor tensor = Objects.requireNonNull(point.get(Trial.name(input)));
      List<Varied> elements = new ArrayList<>();
      for (int k = 0; k < tensor.length(); k++) {
        elements.add(
            trial.floats().contains(input)
                ? Varied.entry(Exact.of(tensor.get(k), infinity), next++, entries.size())
                : Varied.of(tensor.get(k)));
      }
      inputs.put(trial.inputs().get(input), elements);
    }
    return inputs;
  }
}
