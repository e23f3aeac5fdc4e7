package io.deltagraph.check;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import io.deltagraph.gradient.Kinks;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Central differences {@code (f(x+h) − f(x−h)) / 2h} of a value in f64, at {@code h = 1e-5 · max(1,
 * |x|)}. They call nothing but the forward pass. A step that changes the sign of any value that an
 * op names in {@link io.deltagraph.graph.Op#kinks} crosses a kink, and its slope is masked.
 */
public final class FiniteDifferences {
  /** Tensors with more entries than this are sampled by {@link #of(String, long)}. */
  public static final int MOST_ENTRIES = 2_000;

  private final List<Value> roots;
  private final Map<String, Tensor> point;
  private final PointValues values;
  private final List<Tensor> center;
  private final List<Clues.Count> counts;
  private @Nullable Program program;

  /**
   * The slopes of all elements of a value when one entry, or many along a direction, are moved.
   *
   * @param slopes one per element of the value, row-major
   * @param floors what rounding may contribute to each
   * @param masked whether the step crosses a kink
   */
  public record Column(List<Double> slopes, List<Double> floors, boolean masked) {
    public Column {
      slopes = ImmutableDoubleArray.copyOf(slopes).asList();
      floors = ImmutableDoubleArray.copyOf(floors).asList();
    }
  }

  private FiniteDifferences(Value value, Map<String, Tensor> point) {
    this.roots = ImmutableList.<Value>builder().add(value).addAll(Kinks.of(List.of(value))).build();
    this.point = ImmutableMap.copyOf(point);
    this.values = PointValues.of(roots, point);
    this.center = values.roots().stream().map(values::of).toList();
    this.counts = Counts.of(value, point);
  }

  /**
   * Differences of an f64 value around a point.
   *
   * @param value what to differentiate, usually a scalar loss
   * @param point the inputs and parameters by name
   */
  public static FiniteDifferences of(Value value, Map<String, Tensor> point) {
    Preconditions.checkArgument(
        value.dtype() == DType.F64,
        "Finite differences need f64, got %s; build the graph in f64 to check it.",
        value);
    return new FiniteDifferences(value, point);
  }

  /** The value at the point. */
  public Tensor value() {
    return center.getFirst();
  }

  /**
   * The slopes of a scalar by every entry of a tensor of up to {@link #MOST_ENTRIES} entries, else
   * by a random sample of that many.
   */
  public Estimate of(String name, long seed) {
    int total = tensor(name).length();
    return total <= MOST_ENTRIES ? entries(name) : sample(name, MOST_ENTRIES, seed);
  }

  /** The slopes of a scalar by every entry of a tensor. */
  public Estimate entries(String name) {
    int total = tensor(name).length();
    return at(name, Estimate.Extent.ALL, IntStream.range(0, total).toArray(), 1);
  }

  /** The slopes of a scalar by some entries of a tensor, drawn without repetition. */
  public Estimate sample(String name, int count, long seed) {
    int total = tensor(name).length();
    Preconditions.checkArgument(
        count <= total, "Cannot draw %s of the %s entries of '%s'.", count, total, name);
    int[] shuffled = IntStream.range(0, total).toArray();
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(total - i);
      int held = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = held;
    }
    int[] chosen = IntStream.range(0, count).map(i -> shuffled[i]).sorted().toArray();
    return at(name, Estimate.Extent.SAMPLE, chosen, 1);
  }

  /** The slopes at the places of an estimate, with steps {@code factor} times as long. */
  public Estimate again(Estimate estimate, double factor) {
    return at(estimate.name(), estimate.extent(), Ints.toArray(estimate.positions()), factor);
  }

  private Estimate at(String name, Estimate.Extent extent, int[] positions, double factor) {
    requireScalar();
    Tensor tensor = tensor(name);
    double value = value().get(0);
    double[] slopes = new double[positions.length];
    double[] floors = new double[positions.length];
    ImmutableIntArray.Builder masked = ImmutableIntArray.builder();
    try (MovedEntries moved = MovedEntries.of(values, name)) {
      for (int i = 0; i < positions.length; i++) {
        int position = positions[i];
        double x = tensor.get(position);
        double step = factor * Bounds.step(x);
        // What is really added, once x + h has been rounded.
        double above = x + step;
        double below = x - step;
        double up = moved.at(position, above);
        boolean crossed = moved.isAcrossKink();
        double down = moved.at(position, below);
        if (crossed || moved.isAcrossKink()) {
          masked.add(i);
        }
        moved.restore(position, x);
        slopes[i] = (up - down) / (above - below);
        floors[i] = Bounds.roundingFloor(value, step);
      }
    }
    return new Estimate(
        name,
        extent,
        Ints.asList(positions),
        List.of(),
        Doubles.asList(slopes),
        Doubles.asList(floors),
        masked.build().asList(),
        tensor.length(),
        counts);
  }

  /**
   * The slope of a scalar along one random direction, in which every entry moves by {@code ±max(1,
   * |x|)} per unit: two runs however big the tensor is.
   */
  public Estimate direction(String name, long seed) {
    requireScalar();
    Tensor tensor = tensor(name);
    Random random = new Random(seed);
    ImmutableDoubleArray direction =
        ImmutableDoubleArray.copyOf(
            IntStream.range(0, tensor.length())
                .mapToDouble(
                    i -> (random.nextBoolean() ? 1 : -1) * Math.max(1, Math.abs(tensor.get(i)))));
    Column column = along(Map.of(name, Tensor.generate(tensor.type(), direction::get)));
    return new Estimate(
        name,
        Estimate.Extent.DIRECTION,
        List.of(),
        direction.asList(),
        column.slopes(),
        column.floors(),
        column.masked() ? List.of(0) : List.of(),
        tensor.length(),
        counts);
  }

  /** The slopes of all elements of the value along a direction in some tensors at once. */
  public Column along(Map<String, Tensor> direction) {
    return along(direction, 1);
  }

  /** The same with steps {@code factor} times as long. */
  public Column along(Map<String, Tensor> direction, double factor) {
    double size = factor * Bounds.STEP;
    Map<String, Tensor> up = new HashMap<>(point);
    Map<String, Tensor> down = new HashMap<>(point);
    direction.forEach((name, by) -> {
      Tensor tensor = tensor(name);
      up.put(name, moved(tensor, i -> tensor.get(i) + size * by.get(i)));
      down.put(name, moved(tensor, i -> tensor.get(i) - size * by.get(i)));
    });
    return slopes(run(up), run(down), 2 * size, size);
  }

  /** The slopes of all elements of the value by one entry of a tensor. */
  public Column column(String name, int position) {
    return column(name, position, 1);
  }

  /**
   * The same with a step {@code factor} times as long. The truncation error of a central difference
   * grows with the square of the step, so a second step tells how large it is.
   */
  public Column column(String name, int position, double factor) {
    Tensor tensor = tensor(name);
    double x = tensor.get(position);
    double step = factor * Bounds.step(x);
    // What is really added, once x + h has been rounded.
    double above = x + step;
    double below = x - step;
    Map<String, Tensor> moved = new HashMap<>(point);
    moved.put(name, moved(tensor, i -> i == position ? above : tensor.get(i)));
    List<Tensor> up = run(moved);
    moved.put(name, moved(tensor, i -> i == position ? below : tensor.get(i)));
    return slopes(up, run(moved), above - below, step);
  }

  private static Tensor moved(Tensor tensor, IntToDoubleFunction element) {
    return Tensor.generate(tensor.type(), element);
  }

  private Column slopes(List<Tensor> up, List<Tensor> down, double width, double step) {
    Tensor value = value();
    ImmutableDoubleArray.Builder slopes = ImmutableDoubleArray.builder(value.length());
    ImmutableDoubleArray.Builder floors = ImmutableDoubleArray.builder(value.length());
    for (int i = 0; i < value.length(); i++) {
      slopes.add((up.getFirst().get(i) - down.getFirst().get(i)) / width);
      floors.add(Bounds.roundingFloor(value.get(i), step));
    }
    return new Column(
        slopes.build().asList(), floors.build().asList(), crossed(up) || crossed(down));
  }

  private boolean crossed(List<Tensor> moved) {
    for (int i = 1; i < center.size(); i++) {
      Tensor here = center.get(i);
      Tensor there = moved.get(i);
      for (int j = 0; j < here.length(); j++) {
        if (Double.compare(Math.signum(here.get(j)) + 0.0, Math.signum(there.get(j)) + 0.0) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The roots with many entries moved at once. */
  private List<Tensor> run(Map<String, Tensor> at) {
    Program known = program;
    if (known == null) {
      known = Program.plain(roots, point.keySet());
      program = known;
    }
    return known.run(at);
  }

  private Tensor tensor(String name) {
    Tensor tensor = point.get(name);
    if (tensor == null || tensor.type().dtype() != DType.F64) {
      throw new GraphException.BadInput(
          tensor == null
              ? "Finite differences by '" + name + "' need its tensor; given are " + point.keySet()
              : "Finite differences need f64, got " + tensor.type() + " for '" + name + "'.");
    }
    return tensor;
  }

  private void requireScalar() {
    Preconditions.checkArgument(
        value().length() == 1,
        "The slopes by a tensor's entries are those of a scalar, got %s; ask for columns.",
        value().type());
  }
}
