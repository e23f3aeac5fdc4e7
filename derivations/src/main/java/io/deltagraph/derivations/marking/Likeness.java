package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Bounds;
import io.deltagraph.check.Program;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How far values are from each other on the batches of a scene. */
final class Likeness {
  /** What differently ordered sums and products of a few layers may differ by. */
  static final double ROUNDING = Bounds.CLOSED_FORM * Bounds.DIAGNOSIS;

  private static final double NEAR = 1e-6;
  private static final double FLOOR = 1e-13;
  private static final int AT_ONCE = 150;

  private final Scene scene;
  private final Map<Pair, Result> known = new HashMap<>();

  Likeness(Scene scene) {
    this.scene = scene;
  }

  /** A value and what it should be, of the same shape. */
  record Pair(Value actual, Value expected) {}

  /**
   * What a pair's batches say together.
   *
   * @param difference the largest length of a difference over that of the longer, NaN where it is
   *     not finite
   * @param tells whether on some batch either side is above the rounding floor, and the right one a
   *     number
   * @param ratios on each batch the number that the actual value is to be multiplied by to come
   *     nearest
   * @param scaled the largest difference that remains then
   */
  record Result(double difference, boolean tells, List<Double> ratios, double scaled) {
    boolean equal() {
      return difference <= ROUNDING;
    }

    /** On each batch the actual value over the expected one. */
    List<Double> factors() {
      return ratios.stream().map(ratio -> 1 / ratio).toList();
    }
  }

  boolean equal(Value a, Value b) {
    return compare(List.of(new Pair(a, b))).getFirst().equal();
  }

  /**
   * What the first batch says of many pairs: the others need not be compared.
   *
   * @param equal those that are near each other
   * @param scaled those that are near each other when one is multiplied by a number
   */
  record Near(Set<Pair> equal, Set<Pair> scaled) {}

  /** Which pairs are near each other on the first batch, by their products alone. */
  Near near(List<Pair> pairs) {
    Map<String, Tensor> batch = scene.batches().getFirst();
    Near near = new Near(new HashSet<>(), new HashSet<>());
    for (int from = 0; from < pairs.size(); from += AT_ONCE) {
      List<Pair> some = pairs.subList(from, Math.min(pairs.size(), from + AT_ONCE));
      List<Value> asked = new ArrayList<>();
      for (Pair pair : some) {
        asked.add(pair.actual().square().sum());
        asked.add(pair.actual().times(pair.expected()).sum());
        asked.add(pair.expected().square().sum());
      }
      try (Program program = Program.plain(asked, batch.keySet())) {
        List<Tensor> run = program.run(batch);
        for (int i = 0; i < some.size(); i++) {
          double actual = run.get(3 * i).item();
          double both = run.get(3 * i + 1).item();
          double expected = run.get(3 * i + 2).item();
          double most = NEAR * NEAR * expected;
          if (actual - 2 * both + expected <= most) {
            near.equal().add(some.get(i));
          }
          if (expected - both / actual * both <= most) {
            near.scaled().add(some.get(i));
          }
        }
      }
    }
    return near;
  }

  /** A pair that was compared before is not compared again: lines and repairs come back. */
  List<Result> compare(List<Pair> pairs) {
    List<Pair> open = pairs.stream().distinct().filter(pair -> !known.containsKey(pair)).toList();
    for (int from = 0; from < open.size(); from += AT_ONCE) {
      List<Pair> some = open.subList(from, Math.min(open.size(), from + AT_ONCE));
      List<Result> results = some(some);
      for (int i = 0; i < some.size(); i++) {
        known.put(some.get(i), results.get(i));
      }
    }
    return pairs.stream().map(pair -> requireNonNull(known.get(pair))).toList();
  }

  private List<Result> some(List<Pair> pairs) {
    List<Value> asked = new ArrayList<>();
    for (Pair pair : pairs) {
      Value a = pair.actual();
      Value e = pair.expected();
      Value ratio = a.times(e).sum().over(a.square().sum());
      asked.add(a.minus(e).norm2());
      asked.add(a.norm2());
      asked.add(e.norm2());
      asked.add(ratio);
      asked.add(a.times(ratio).minus(e).norm2());
    }
    List<List<Tensor>> runs = new ArrayList<>();
    try (Program program = Program.plain(asked, scene.batches().getFirst().keySet())) {
      scene.batches().forEach(batch -> runs.add(program.run(batch)));
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      results.add(result(runs, 5 * i));
    }
    return results;
  }

  private static Result result(List<List<Tensor>> runs, int at) {
    double worst = 0;
    double scaled = 0;
    boolean tells = false;
    List<Double> ratios = new ArrayList<>();
    for (int batch = 0; batch < runs.size(); batch++) {
      List<Tensor> run = runs.get(batch);
      double actual = run.get(at + 1).item();
      double expected = run.get(at + 2).item();
      double longer = Math.max(actual, expected);
      ratios.add(run.get(at + 3).item());
      if (longer <= FLOOR || !Double.isFinite(expected)) {
        continue;
      }
      tells = true;
      worst = larger(worst, run.get(at).item() / longer);
      scaled = larger(scaled, expected <= FLOOR ? Double.NaN : run.get(at + 4).item() / expected);
    }
    return new Result(worst, tells, List.copyOf(ratios), scaled);
  }

  private static double larger(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
  }
}
