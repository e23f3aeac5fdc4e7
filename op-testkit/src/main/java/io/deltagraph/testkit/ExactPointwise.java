package io.deltagraph.testkit;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Domain;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A pointwise op beside exact numbers, all points in one run: each element is a point. */
final class ExactPointwise implements Road {
  /** Of two inputs, so many places of the one with so many of the other. */
  private static final int PAIRS = 15;

  private final Subject subject;
  private final Case at;
  private final DType dtype;
  private final List<Integer> varied;
  private final List<Point> points = new ArrayList<>();

  /**
   * A point.
   *
   * @param places the numbers of the varied inputs in order; NaN for a moderate one
   * @param factor what the cotangent is multiplied by
   */
  private record Point(List<Double> places, double factor) {
    Results.Kind kind() {
      return factor != 1
          ? Results.Kind.SEEDED
          : places.stream().anyMatch(place -> place.isInfinite())
              ? Results.Kind.INFINITE
              : Results.Kind.FINITE;
    }
  }

  ExactPointwise(Subject subject, Case at, DType dtype, List<Integer> varied) {
    this.subject = subject;
    this.at = at;
    this.dtype = dtype;
    this.varied = varied;
  }

  /** At places next to 0 and far out, one input at a time, with cotangents of any size. */
  @Override
  public List<Comparison> finite() {
    points.clear();
    for (int k = 0; k < varied.size(); k++) {
      for (double place : places(k).all().asList()) {
        points.add(single(k, place, 1));
      }
      for (double place : places(k).farthest().asList()) {
        for (double factor : Places.factors(dtype)) {
          points.add(single(k, place, factor));
        }
      }
    }
    return compared();
  }

  /** At such places for all inputs together; nothing for a single input. */
  @Override
  public List<Comparison> mixed() {
    points.clear();
    for (int i = 0; i < PAIRS * PAIRS && varied.size() > 1; i++) {
      List<Double> point = new ArrayList<>();
      for (int k = 0; k < varied.size(); k++) {
        List<Double> all = places(k).all().asList();
        int step = k == 0 ? i % PAIRS : i / PAIRS * (2 * k - 1) + k;
        point.add(all.get(step * all.size() / PAIRS % all.size()));
      }
      points.add(new Point(point, 1));
    }
    return compared();
  }

  /** With each input in turn infinite. */
  @Override
  public List<Comparison> infinite() {
    points.clear();
    for (int k = 0; k < varied.size(); k++) {
      for (double end : Places.ends(domain(k))) {
        for (int i = 0; i < 3; i++) {
          points.add(single(k, end, 1));
        }
      }
    }
    return compared();
  }

  private Domain.Interval domain(int k) {
    return subject.op().domain().input(varied.get(k));
  }

  private Places places(int k) {
    return Places.of(dtype, domain(k));
  }

  private Point single(int varying, double place, double factor) {
    List<Double> point = new ArrayList<>();
    for (int k = 0; k < varied.size(); k++) {
      point.add(k == varying ? place : Double.NaN);
    }
    return new Point(point, factor);
  }

  private List<Comparison> compared() {
    if (points.isEmpty()) {
      return List.of();
    }
    List<TensorType> types = new ArrayList<>();
    at.inputs().forEach(type -> types.add(type.with(Shape.of(points.size()))));
    Case row = new Case(at.attributes(), types, at.samplers(), at.outputs());
    Trial drawn = Trial.of(subject, subject.op(), row, dtype, Map.of());
    Map<String, Tensor> point = new HashMap<>(drawn.point());
    for (int k = 0; k < varied.size(); k++) {
      Tensor moderate = drawn.tensor(varied.get(k));
      int input = k;
      point.put(
          Trial.name(varied.get(k)),
          Tensor.generate(
              moderate.type(),
              i ->
                  Double.isNaN(points.get(i).places().get(input))
                      ? moderate.get(i)
                      : points.get(i).places().get(input)));
    }
    Tensor weights = drawn.cotangent();
    Tensor cotangent =
        Tensor.generate(weights.type(), i -> weights.get(i) * points.get(i).factor());
    point.put(Trial.COTANGENT, cotangent);
    Results results = new Results.Runner(drawn).run(point);
    Lane lane = lane(drawn);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      int element = i;
      List<Results.Entry> entries =
          IntStream.range(0, at.inputs().size())
              .mapToObj(input -> new Results.Entry(input, element))
              .toList();
      Results.Kind kind = points.get(i).kind();
      List<Varied> exact =
          kind.seen(digits -> List.of(exact(results.inputs(), lane, element, digits)));
      comparisons.addAll(results.compared(kind, List.of(i), entries, exact));
    }
    return comparisons;
  }

  @SuppressWarnings("unchecked") // a node's attributes are those of its op
  private static Lane lane(Trial trial) {
    Apply node = (Apply) trial.output();
    return ((Pointwise<Record>) (Op<?>) node.op())
        .forward(node.attributes(), Lanes.of(node.inputTypes()));
  }

  /** The output at one point, infinity standing for a power of ten with so many digits. */
  private static Varied exact(List<Tensor> inputs, Lane lane, int i, int infinity) {
    List<Varied> x = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      x.add(Varied.entry(Exact.of(inputs.get(k).get(i), infinity), k, inputs.size()));
    }
    return new ExactLane(x).of(lane);
  }
}
