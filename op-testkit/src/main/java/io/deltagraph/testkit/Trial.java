package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Program;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Domain;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One case of an op, applied in a graph of its own and given numbers. */
final class Trial {
  /** The cotangent's name in the graph. */
  static final String COTANGENT = "cotangent";

  /** Jacobians with up to so many entries are compared entry by entry. */
  private static final int FULL = 1_024;

  private static final int DIRECTIONS = 3;

  private final Case at;
  private final List<Input> inputs;
  private final Value output;
  private final Map<String, Tensor> point;
  private final TensorType outputType;
  private final long seed;
  private final Map<Integer, Flow> flows = new HashMap<>();
  private final Map<Integer, List<FiniteDifferences.Column>> columns = new HashMap<>();
  private final Map<Integer, List<FiniteDifferences.Column>> wideColumns = new HashMap<>();

  /** What the backward rule says of one input. */
  sealed interface Flow {
    /** A gradient, given the cotangent. */
    record Of(Value gradient) implements Flow {}

    /** No gradient flows; {@code why} is empty if the rule says that there is no dependence. */
    record None(List<String> why) implements Flow {}

    /** The rule refuses. */
    record Refused(GraphException.NoGradient reason) implements Flow {}

    /** The rule fails. */
    record Broken(RuntimeException failure) implements Flow {}
  }

  private Trial(
      Case at,
      List<Input> inputs,
      Value output,
      Map<String, Tensor> point,
      TensorType outputType,
      long seed) {
    this.at = at;
    this.inputs = ImmutableList.copyOf(inputs);
    this.output = output;
    this.point = ImmutableMap.copyOf(point);
    this.outputType = outputType;
    this.seed = seed;
  }

  /** The case in f64, with numbers drawn from the op's domain. */
  static Trial of(Subject subject, Case at) {
    return of(subject, subject.op(), at, DType.F64, ImmutableMap.of());
  }

  /** The case for another op of the same signature, in a dtype, at given or drawn numbers. */
  static Trial of(Subject subject, Op<?> op, Case at, DType dtype, Map<String, Tensor> given) {
    GraphBuilder builder = GraphBuilder.withoutSites(subject.ops());
    Value output = apply(builder, op, at, dtype);
    List<Input> inputs = new ArrayList<>();
    Map<String, Tensor> point = new HashMap<>();
    long seed = subject.seed() + 31L * at.toString().hashCode();
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < at.inputs().size(); i++) {
      Input input = (Input) builder.named(name(i)).orElseThrow();
      TensorType type = input.type().bind(at.sizes());
      Tensor drawn = sampler(op.domain(), at, i).sample(type, random);
      inputs.add(input);
      point.put(name(i), given.getOrDefault(name(i), drawn).cast(type.dtype()));
    }
    TensorType outputType = output.type().bind(at.sizes());
    if (outputType.dtype().isFloat() && outputType.shape().isFixed()) {
      builder.input(COTANGENT, output.type());
      point.put(COTANGENT, weights(outputType, random));
    }
    return new Trial(at, inputs, output, point, outputType, seed);
  }

  /**
   * The op's output for inputs that the builder is given under {@link #name}. Several outputs make
   * a number that depends on every element of all that are floats: {@code Σ (y² / 2 + y)}.
   */
  static Value apply(GraphBuilder builder, Op<?> op, Case at, DType dtype) {
    List<Apply> parts = parts(builder, op, at, dtype);
    return parts.stream()
        .filter(part -> parts.size() > 1 && part.dtype().isFloat())
        .map(y -> y.times(y).times(0.5).plus(y).sum())
        .reduce(Value::plus)
        .orElse(parts.getFirst());
  }

  /** The outputs that a case looks at. */
  static List<Apply> parts(GraphBuilder builder, Op<?> op, Case at, DType dtype) {
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < at.inputs().size(); i++) {
      TensorType type = at.inputs().get(i);
      inputs.add(builder.input(name(i), type.dtype() == DType.F64 ? type.with(dtype) : type));
    }
    Tuple made = applied(builder, op, at, inputs);
    return at.outputs().isEmpty() ? made.parts() : at.outputs().stream().map(made::part).toList();
  }

  private static <A extends Record> Tuple applied(
      GraphBuilder builder, Op<A> op, Case at, List<Value> inputs) {
    return builder.tuple(op, op.schema().read(at.attributes()), inputs);
  }

  static String name(int input) {
    return "x" + input;
  }

  /** Where the numbers of an input come from. */
  static Sampler sampler(Domain domain, Case at, int input) {
    Sampler chosen = at.samplers().get(input);
    if (chosen != null) {
      return chosen;
    }
    return switch (at.inputs().get(input).dtype()) {
      case F64, F32 -> inside(domain.input(input));
      case I64, I32 -> Sampler.classes(2);
      case BOOL -> Sampler.coin();
    };
  }

  /** Numbers of moderate size that keep clear of the ends of an open interval. */
  private static Sampler inside(Domain.Interval interval) {
    double low = interval.low();
    double high = interval.high();
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      return Sampler.uniform(-2, 2);
    }
    if (Double.isInfinite(high)) {
      return Sampler.uniform(low + 0.3, low + 2.5);
    }
    if (Double.isInfinite(low)) {
      return Sampler.uniform(high - 2.5, high - 0.3);
    }
    double margin = (high - low) / 10;
    return Sampler.uniform(low + margin, high - margin);
  }

  /** Numbers of either sign between 0.5 and 1.5 in size, so that no term hides. */
  static Tensor weights(TensorType type, RandomGenerator random) {
    return Sampler.awayFromZero(0.5, 1.5).sample(type, random);
  }

  Case at() {
    return at;
  }

  List<Input> inputs() {
    return inputs;
  }

  Value output() {
    return output;
  }

  TensorType outputType() {
    return outputType;
  }

  Map<String, Tensor> point() {
    return point;
  }

  Tensor tensor(int input) {
    return Objects.requireNonNull(point.get(name(input)));
  }

  Tensor cotangent() {
    return Objects.requireNonNull(point.get(COTANGENT));
  }

  /** A generator that is the same whenever this trial is made. */
  RandomGenerator random(int purpose) {
    return new SplittableRandom(seed + 1_000_003L * purpose);
  }

  /** The point with some tensors replaced. */
  Map<String, Tensor> with(String name, Tensor tensor) {
    Map<String, Tensor> changed = new HashMap<>(point);
    changed.put(name, tensor);
    return changed;
  }

  /** The inputs that a gradient may be asked for, where the output has one. */
  List<Integer> floats() {
    if (!outputType.dtype().isFloat()) {
      return ImmutableList.of();
    }
    return IntStream.range(0, inputs.size())
        .filter(i -> inputs.get(i).dtype().isFloat())
        .boxed()
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether no tensor is without elements. */
  boolean hasElements() {
    return outputType.shape().elements() > 0
        && point.values().stream().allMatch(tensor -> tensor.length() > 0);
  }

  /** What the backward rule says of an input. */
  Flow flow(int input) {
    return flows.computeIfAbsent(input, this::pullback);
  }

  private Flow pullback(int index) {
    Input input = inputs.get(index);
    Value cotangent = output.builder().named(COTANGENT).orElseThrow();
    try {
      Gradient gradient = Gradient.pullback(output, cotangent, List.of(input));
      return gradient.reached(input)
          ? new Flow.Of(gradient.wrt(input))
          : new Flow.None(gradient.flat());
    } catch (GraphException.NoGradient e) {
      return new Flow.Refused(e);
    } catch (RuntimeException e) {
      return new Flow.Broken(e);
    }
  }

  /** The slopes of all outputs, by each entry of an input or along a few directions. */
  List<FiniteDifferences.Column> columns(int input) {
    return columns.computeIfAbsent(input, i -> differences(i, 1));
  }

  /** The same with steps twice as long, which tell how large the truncation error is. */
  List<FiniteDifferences.Column> wideColumns(int input) {
    return wideColumns.computeIfAbsent(input, i -> differences(i, 2));
  }

  private List<FiniteDifferences.Column> differences(int input, double factor) {
    FiniteDifferences differences = FiniteDifferences.of(output, point);
    if (tensor(input).length() <= FULL) {
      return IntStream.range(0, tensor(input).length())
          .mapToObj(j -> differences.column(name(input), j, factor))
          .toList();
    }
    return directions(input).stream()
        .map(direction -> differences.along(Map.of(name(input), direction), factor))
        .toList();
  }

  /** The directions of {@link #columns}, empty where they are the entries. */
  List<Tensor> directions(int input) {
    if (tensor(input).length() <= FULL) {
      return ImmutableList.of();
    }
    RandomGenerator random = random(100 + input);
    return IntStream.range(0, DIRECTIONS)
        .mapToObj(k -> weights(tensor(input).type(), random))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * The cotangents to compare with: the unit ones if the Jacobian is small, which give it whole,
   * else the random one.
   */
  List<Tensor> rows(int input) {
    int length = outputType.shape().elements();
    return (long) length * tensor(input).length() > FULL ? ImmutableList.of(cotangent()) : units();
  }

  private List<Tensor> units() {
    return units(outputType);
  }

  /** The tensors with a single 1. */
  static List<Tensor> units(TensorType type) {
    return IntStream.range(0, type.shape().elements())
        .mapToObj(one -> Tensor.generate(type, i -> i == one ? 1 : 0))
        .collect(ImmutableList.toImmutableList());
  }

  /** The gradients for some cotangents, one array each. */
  double[][] gradients(Value gradient, List<Tensor> cotangents) {
    Program program = program(List.of(gradient));
    return cotangents.stream()
        .map(cotangent -> program.run(with(COTANGENT, cotangent)).getFirst().toDoubles())
        .toArray(double[][]::new);
  }

  /** The output. */
  Tensor run() {
    return program(List.of(output)).run(point).getFirst();
  }

  /** A program for values of this trial's graph. */
  Program program(List<Value> values) {
    return Program.plain(values, point.keySet());
  }
}
