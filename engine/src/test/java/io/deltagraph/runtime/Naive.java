package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A second road to every number: evaluates values one element at a time, straight from the
 * definitions, keeping everything. Knows the kinds in {@link TestOps}; sizes are known.
 */
final class Naive {
  private final Map<String, Tensor> feeds;
  private final Map<Value, Tensor> known = new HashMap<>();

  private Naive(Map<String, Tensor> feeds) {
    this.feeds = feeds;
  }

  static Tensor value(Value value, Map<String, Tensor> feeds) {
    return new Naive(feeds).of(value);
  }

  private Tensor of(Value value) {
    Tensor seen = known.get(value);
    if (seen == null) {
      seen = compute(value);
      known.put(value, seen);
    }
    return seen;
  }

  private Tensor compute(Value value) {
    return switch (value) {
      case Input input -> feeds.get(input.label());
      case GraphParameter parameter -> feeds.get(parameter.label());
      case Constant constant -> constant.tensor();
      case Apply apply -> apply(apply);
    };
  }

  private Tensor apply(Apply node) {
    List<Tensor> inputs = node.inputs().stream().map(this::of).toList();
    Op<?> op = node.op();
    return switch (op) {
      case TestOps.Loop loop -> loop(loop, inputs, node.type());
      case TestOps.Fold fold -> fold(fold, inputs.getFirst(), node.type());
      case TestOps.Product product -> product(product, inputs.get(0), inputs.get(1), node.type());
      case TestOps.Window window -> {
        IndexMap map = ((TestOps.Show) node.attributes()).map();
        yield Tensor.generate(
            node.type(),
            flat -> {
              int[] position = position(flat, node.type().shape().sizes());
              int at = map.offset();
              for (int i = 0; i < position.length; i++) {
                at += position[i] * map.strides().get(i);
              }
              return inputs.getFirst().get(at);
            });
      }
      case TestOps.Folds folds ->
          fold(folds.each().get(node.index()), inputs.getFirst(), node.type());
      case TestOps.Twin twin -> {
        Tensor x = inputs.getFirst();
        yield Tensor.generate(
            node.type(),
            i -> node.index() == 0 ? x.get(i) + x.get(i) : x.get(i + 1 < x.length() ? i + 1 : 0));
      }
      case TestOps.Bodies bodies -> of(node.body().orElseThrow());
      case TestOps.Body body -> of(node.body().orElseThrow());
      default -> throw new AssertionError(op);
    };
  }

  static int[] position(int flat, int[] sizes) {
    int[] position = new int[sizes.length];
    int rest = flat;
    for (int i = sizes.length - 1; i >= 0; i--) {
      position[i] = rest % sizes[i];
      rest /= sizes[i];
    }
    return position;
  }

  static int flat(int[] position, int[] sizes) {
    int flat = 0;
    for (int i = 0; i < sizes.length; i++) {
      flat = flat * sizes[i] + position[i];
    }
    return flat;
  }

  /** The element that is repeated to a position of a broadcast result. */
  private static double repeated(Tensor tensor, int[] position) {
    int[] sizes = tensor.type().shape().sizes();
    int[] own = new int[sizes.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = sizes[i] == 1 ? 0 : position[position.length - own.length + i];
    }
    return tensor.get(flat(own, sizes));
  }

  private static Tensor loop(TestOps.Loop op, List<Tensor> inputs, TensorType type) {
    Lanes lanes =
        Lanes.of(
            new InputTypes(
                inputs.stream().map(Tensor::type).collect(ImmutableList.toImmutableList())));
    Lane lane = op.forward(NoAttributes.NONE, lanes);
    return Tensor.generate(
        type,
        flat -> {
          int[] position = position(flat, type.shape().sizes());
          return lane(lane, i -> repeated(inputs.get(i), position), new IdentityHashMap<>());
        });
  }

  /** One element of a lane, in the arithmetic of its type. */
  static double lane(Lane lane, IntFunction<Double> input, Map<Lane, Double> seen) {
    Double known = seen.get(lane);
    if (known != null) {
      return known;
    }
    double[] v = new double[lane.arguments().size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = lane(lane.arguments().get(i), input, seen);
    }
    boolean single = lane.dtype() == DType.F32;
    double result =
        switch (lane.op()) {
          case INPUT -> input.apply(lane.input());
          case CONSTANT -> lane.value();
          case ADD -> single ? (float) v[0] + (float) v[1] : v[0] + v[1];
          case SUBTRACT -> single ? (float) v[0] - (float) v[1] : v[0] - v[1];
          case MULTIPLY -> single ? (float) v[0] * (float) v[1] : v[0] * v[1];
          case DIVIDE -> single ? (float) v[0] / (float) v[1] : v[0] / v[1];
          case NEGATE -> -v[0];
          case ABS -> v[0] <= 0 ? 0 - v[0] : v[0];
          case MINIMUM ->
              Double.isNaN(v[0]) || Double.isNaN(v[1]) ? Double.NaN : Math.min(v[0], v[1]);
          case MAXIMUM ->
              Double.isNaN(v[0]) || Double.isNaN(v[1]) ? Double.NaN : Math.max(v[0], v[1]);
          case FMA ->
              single
                  ? Math.fma((float) v[0], (float) v[1], (float) v[2])
                  : Math.fma(v[0], v[1], v[2]);
          case SQRT -> Math.sqrt(v[0]);
          case SIN -> Math.sin(v[0]);
          case COS -> Math.cos(v[0]);
          case EXP, LOG, LOG1P, EXPM1, TANH, ERF ->
              throw new AssertionError("LaneMathTest is their second road");
          case POW -> Math.pow(v[0], v[1]);
          case FLOOR -> Math.floor(v[0]);
          case ROUND -> Math.rint(v[0]);
          case SCALE -> scaled(v[0], v[1], single);
          case EXPONENT -> exponent(v[0], single);
          case LESS -> v[0] < v[1] ? 1 : 0;
          case LESS_EQUAL -> v[0] <= v[1] ? 1 : 0;
          case EQUAL -> v[0] == v[1] ? 1 : 0;
          case AND -> v[0] == 1 && v[1] == 1 ? 1 : 0;
          case OR -> v[0] == 1 || v[1] == 1 ? 1 : 0;
          case NOT -> v[0] == 1 ? 0 : 1;
          case SELECT -> v[0] == 1 ? v[1] : v[2];
          case CAST ->
              switch (lane.dtype()) {
                case F64, F32 -> v[0];
                case I64 -> (long) v[0];
                case I32 -> (int) v[0];
                case BOOL -> v[0] != 0 ? 1 : 0;
              };
          case IS_NAN -> Double.isNaN(v[0]) ? 1 : 0;
        };
    double rounded = single ? (float) result : result;
    seen.put(lane, rounded);
    return rounded;
  }

  private static double scaled(double a, double power, boolean single) {
    int whole = (int) power;
    int half = Math.floorDiv(whole, 2);
    double first = Math.pow(2, half);
    double second = Math.pow(2, whole - half);
    return single ? (float) a * (float) first * (float) second : a * first * second;
  }

  private static double exponent(double a, boolean single) {
    if (Double.isNaN(a) || Double.isInfinite(a)) {
      return single ? 128 : 1024;
    }
    int exponent = single ? -150 : -1075;
    while (Math.pow(2, exponent + 1) <= Math.abs(a)) {
      exponent++;
    }
    return exponent;
  }

  /** The tree of summation, stated by recursion. */
  private static Tensor fold(TestOps.Fold op, Tensor input, TensorType type) {
    int[] sizes = input.type().shape().sizes();
    List<Integer> axes = op.where().of(new InputTypes(ImmutableList.of(input.type())));
    Map<Integer, List<Double>> runs = new HashMap<>();
    for (int i = 0; i < type.shape().elements(); i++) {
      runs.put(i, new ArrayList<>());
    }
    for (int flat = 0; flat < input.length(); flat++) {
      int[] position = position(flat, sizes);
      int result = 0;
      for (int axis = 0; axis < sizes.length; axis++) {
        if (!axes.contains(axis)) {
          result = result * sizes[axis] + position[axis];
        }
      }
      runs.get(result).add(input.get(flat));
    }
    Tree tree = new Tree(op, input.type().dtype());
    return Tensor.generate(type, i -> tree.result(runs.get(i)));
  }

  private static final class Tree {
    private final DType dtype;
    private final int width;
    private final Lanes identity;
    private final Lanes prepared;
    private final Lanes combined;
    private final Lanes finished;
    private List<Double> run = List.of();

    Tree(TestOps.Fold op, DType dtype) {
      this.dtype = dtype;
      this.identity = op.identity().apply(Lane.input(0, dtype));
      this.width = identity.size();
      this.prepared = op.prepare().apply(Lane.input(0, dtype), Lane.input(1, DType.I64));
      this.combined = op.combine().apply(tuple(0), tuple(width));
      this.finished = Lanes.of(op.finish().apply(tuple(0), Lane.input(width, dtype)));
    }

    private Lanes tuple(int from) {
      Lane[] lanes = new Lane[width];
      for (int t = 0; t < width; t++) {
        lanes[t] = Lane.input(from + t, identity.get(t).dtype());
      }
      return Lanes.of(lanes);
    }

    private static double[] evaluate(Lanes lanes, double... inputs) {
      double[] results = new double[lanes.size()];
      for (int t = 0; t < results.length; t++) {
        results[t] = lane(lanes.get(t), i -> inputs[i], new IdentityHashMap<>());
      }
      return results;
    }

    private double[] element(int index) {
      return evaluate(prepared, run.get(index), index);
    }

    private double[] combine(double[] left, double[] right) {
      return evaluate(combined, Doubles.concat(left, right));
    }

    double result(List<Double> elements) {
      run = elements;
      int blocks = (run.size() + 4095) / 4096;
      double[] total = blocks == 0 ? evaluate(identity) : blocks(0, blocks);
      return evaluate(finished, Doubles.concat(total, new double[] {run.size()}))[0];
    }

    private double[] blocks(int first, int count) {
      if (count == 1) {
        int accumulators = dtype == DType.F32 ? 16 : 8;
        int end = Math.min(run.size(), (first + 1) * 4096);
        return pairs(first * 4096, end, 0, accumulators, 1);
      }
      int half = Integer.highestOneBit(count - 1);
      return combine(blocks(first, half), blocks(first + half, count - half));
    }

    /**
     * What accumulator j holds after the step that takes from j + half; read from the last step.
     */
    private double[] pairs(int from, int to, int j, int count, int half) {
      if (half == count) {
        double[] sum = evaluate(identity);
        for (int i = from + j; i < to; i += count) {
          sum = combine(sum, element(i));
        }
        return sum;
      }
      return combine(
          pairs(from, to, j, count, 2 * half), pairs(from, to, j + half, count, 2 * half));
    }
  }

  private static Tensor product(TestOps.Product op, Tensor left, Tensor right, TensorType type) {
    String l = op.written().left();
    String r = op.written().right();
    String o = op.written().output();
    StringBuilder order = new StringBuilder(o);
    (l + r).chars().filter(c -> o.indexOf(c) < 0).distinct().forEach(c -> order.append((char) c));
    int[] sizes = new int[order.length()];
    for (int i = 0; i < sizes.length; i++) {
      int a = l.indexOf(order.charAt(i)) < 0 ? 1 : left.size(l.indexOf(order.charAt(i)));
      int b = r.indexOf(order.charAt(i)) < 0 ? 1 : right.size(r.indexOf(order.charAt(i)));
      sizes[i] = a == 1 ? b : a;
    }
    int terms = 1;
    for (int i = o.length(); i < sizes.length; i++) {
      terms *= sizes[i];
    }
    int count = terms;
    boolean single = type.dtype() == DType.F32;
    return Tensor.generate(
        type,
        flat -> {
          double sum = 0;
          for (int k = 0; k < count; k++) {
            int[] position = position(flat * count + k, sizes);
            double a = left.get(pick(l, order, position, left));
            double b = right.get(pick(r, order, position, right));
            sum = single ? Math.fma((float) a, (float) b, (float) sum) : Math.fma(a, b, sum);
          }
          return sum;
        });
  }

  private static int pick(String labels, CharSequence order, int[] position, Tensor tensor) {
    int[] own = new int[labels.length()];
    for (int i = 0; i < own.length; i++) {
      int at = order.toString().indexOf(labels.charAt(i));
      own[i] = tensor.size(i) == 1 ? 0 : position[at];
    }
    return flat(own, tensor.type().shape().sizes());
  }
}
