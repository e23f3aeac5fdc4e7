package io.deltagraph.testkit;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.testkit.Zoo.Animal;
import java.util.function.Function;

/** Contracts of ops whose attributes do not come back from a file as they went into it. */
final class WrongFiles {
  private WrongFiles() {}

  /** {@code slope(attributes) · x}, by any schema. */
  record Scaled<A extends Record>(OpId id, Schema<A> schema, Function<A, Double> slope)
      implements Pointwise<A> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Lane forward(A attributes, Lanes x) {
      return x.get(0).times(slope.apply(attributes));
    }
  }

  private static <A extends Record> Op<A> scaled(
      String name, Schema<A> schema, Function<A, Double> slope) {
    return new Scaled<>(OpId.of("zoo:" + name), schema, slope);
  }

  /** A part of the record that is no attribute. */
  record Pair(double slope, double factor) {}

  static final class LosesAttribute extends Animal {
    @Override
    public Op<?> op() {
      return scaled(
          "loses_attribute",
          Schema.of(
              slope -> new Pair(slope, 1), OpAttribute.number("slope", Pair::slope).orElse(2.0)),
          pair -> pair.slope() * pair.factor());
    }
  }

  /** Each record is half of what it is made of. */
  record Half(double slope) {
    Half {
      slope = slope / 2;
    }
  }

  static final class HalvesAttribute extends Animal {
    @Override
    public Op<?> op() {
      return scaled(
          "halves_attribute",
          Schema.of(Half::new, OpAttribute.number("slope", Half::slope).orElse(2.0)),
          Half::slope);
    }
  }

  /** Whole numbers in files of a number that is none. */
  record Slope(double slope) {}

  static final class RoundsAttribute extends Animal {
    @Override
    public Op<?> op() {
      return scaled(
          "rounds_attribute",
          Schema.of(
              (Integer whole) -> new Slope(whole + 0.25),
              OpAttribute.integer("slope", (Slope s) -> (int) Math.ceil(s.slope())).orElse(2)),
          Slope::slope);
    }
  }

  /** Equal to its like, but found in no table. */
  static final class Unfindable extends Animal {
    @Override
    public Op<?> op() {
      return scaled(
          "unfindable",
          Schema.of(Lonely::new, OpAttribute.number("slope", Lonely::slope).orElse(2.0)),
          Lonely::slope);
    }
  }

  record Lonely(double slope) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Lonely lonely && lonely.slope == slope;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Written one larger each time, which its equality hides. */
  static final class RestlessAttribute extends Animal {
    @Override
    public Op<?> op() {
      return scaled(
          "restless_attribute",
          Schema.of(
              WrongKinds.Loose::new,
              OpAttribute.number("slope", (WrongKinds.Loose l) -> l.slope() + 1).orElse(2.0)),
          WrongKinds.Loose::slope);
    }
  }
}
