package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.testkit.Zoo.Animal;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** Contracts of ops of every kind that are wrong outside the numbers of their first derivative. */
final class WrongKinds {
  private WrongKinds() {}

  /** A fold by any rule and any identity. */
  record Folding(OpId id, double start, BinaryOperator<Lane> rule)
      implements Reduction<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Axes axes(NoAttributes none) {
      return new Axes(ImmutableList.of(), false);
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return Lanes.of(like.constant(start));
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return Lanes.of(rule.apply(left.get(0), right.get(0)));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return List.of(Cotangent.missing("its numbers are not the point"));
    }
  }

  static final class NotCommutative extends Animal {
    @Override
    public Op<?> op() {
      return new Folding(OpId.of("zoo:not_commutative"), 0, Lane::minus);
    }
  }

  static final class NotAssociative extends Animal {
    @Override
    public Op<?> op() {
      return new Folding(OpId.of("zoo:not_associative"), 0, (a, b) -> a.plus(b).times(0.5));
    }
  }

  static final class NoIdentity extends Animal {
    @Override
    public Op<?> op() {
      return new Folding(OpId.of("zoo:no_identity"), 0, Lane::times);
    }
  }

  /** A lane expression that is another one after a while. */
  record Moody(AtomicInteger asked) implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:moody");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).plus(asked.incrementAndGet());
    }
  }

  static final class ChangesItsLane extends Animal {
    private final Op<?> op = new Moody(new AtomicInteger());

    @Override
    public Op<?> op() {
      return op;
    }
  }

  /** A pointwise op given by what it says of itself. */
  record Spoken(Supplier<String> name, OpSignature signature, Notation notation)
      implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of(name.get());
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.all().stream().reduce(Lane::plus).orElseThrow();
    }
  }

  private static Notation plain() {
    return Notation.function("f");
  }

  static final class NameChanges extends Animal {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Op<?> op() {
      return new Spoken(() -> "zoo:name" + asked.getAndIncrement() % 2, ZooOps.floats(1), plain());
    }
  }

  static final class BadName extends Animal {
    @Override
    public Op<?> op() {
      return new Spoken(() -> "Bad Name", ZooOps.floats(1), plain());
    }

    @Override
    public List<Case> cases() {
      return List.of(Case.of("[2]"));
    }
  }

  static final class InputsOfOneName extends Animal {
    @Override
    public Op<?> op() {
      return new Spoken(() -> "zoo:one_name", OpSignature.of("x", "x"), plain());
    }
  }

  static final class PrintsOneInput extends Animal {
    @Override
    public Op<?> op() {
      return new Spoken(
          () -> "zoo:prints_one",
          ZooOps.floats(2),
          Notation.template("f({0})", "f\\left({0}\\right)", Notation.Binding.ATOM));
    }
  }

  static final class OpenBrace extends Animal {
    @Override
    public Op<?> op() {
      return new Spoken(
          () -> "zoo:open_brace", ZooOps.floats(1), Notation.function("f", "\\operatorname{f"));
    }
  }

  /** A raw rule that counts how often it ran. */
  static final class RestlessRule extends Animal {
    @Override
    public Op<?> op() {
      AtomicInteger runs = new AtomicInteger();
      return Zoo.looped(
          "restless_rule",
          Zoo::twice,
          at ->
              at.flow(
                  at.raw(
                      "zoo:restless_rule.backward",
                      at.input(0).type(),
                      (inputs, output) -> {
                        double drift = 1e-13 * runs.incrementAndGet();
                        for (int i = 0; i < output.length(); i++) {
                          output.set(i, 2 * inputs.get(0).get(i) + drift);
                        }
                      },
                      at.gradient())));
    }
  }

  /** A rule that reads what the last forward pass left behind. */
  static final class StaleOutput extends Animal {
    @Override
    public Op<?> op() {
      AtomicReference<double[]> kept = new AtomicReference<>(new double[0]);
      return Zoo.looped(
          "stale_output",
          (inputs, output) -> {
            double[] values = new double[output.length()];
            for (int i = 0; i < values.length; i++) {
              values[i] = Math.exp(inputs.get(0).get(i));
              output.set(i, values[i]);
            }
            kept.set(values);
          },
          at ->
              at.flow(
                  at.raw(
                      "zoo:stale_output.backward",
                      at.input(0).type(),
                      (inputs, output) -> {
                        double[] values = kept.get();
                        for (int i = 0; i < output.length(); i++) {
                          double y = i < values.length ? values[i] : 0;
                          output.set(i, inputs.get(0).get(i) * y);
                        }
                      },
                      at.gradient())));
    }
  }

  /** A cotangent of a shape that does not fit. */
  static final class CotangentOfWrongShape extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "cotangent_shape",
          1,
          x -> x.get(0).exp(),
          at ->
              at.flow(
                  at.raw(
                      "zoo:cotangent_shape.backward",
                      TensorType.of(DType.F64, 7, 5),
                      (inputs, output) -> {
                        for (int i = 0; i < output.length(); i++) {
                          output.set(i, 1);
                        }
                      },
                      at.gradient())));
    }
  }

  /** Attributes that are the same to whoever asks. */
  record Loose(double slope) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Loose;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  record LooseOp() implements Pointwise<Loose> {
    @Override
    public OpId id() {
      return OpId.of("zoo:loose");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Schema<Loose> schema() {
      return Schema.of(Loose::new, OpAttribute.number("slope", Loose::slope).orElse(3.0));
    }

    @Override
    public Lane forward(Loose loose, Lanes x) {
      return x.get(0).times(loose.slope());
    }
  }

  static final class AttributesAllEqual extends Animal {
    @Override
    public Op<?> op() {
      return new LooseOp();
    }
  }

  /** An op that takes no input that anyone could give. */
  static final class RefusesEverything extends Animal {
    @Override
    public Op<?> op() {
      return new Zoo.Looped(
          OpId.of("zoo:refuses_everything"),
          1,
          types -> {
            throw types.refuse("it takes nothing");
          },
          Zoo::twice,
          Zoo.doubling());
    }
  }

  /** A signature of one input, loops over two. */
  static final class ReadsTooMany extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("reads_too_many", 1, x -> x.get(0).plus(x.get(1)), Zoo.doubling());
    }
  }

  static final class BeyondTheInput extends Animal {
    @Override
    public Op<?> op() {
      return WrongRules.view("beyond_the_input", 1);
    }
  }

  /** The shape rule asks for a size before it is known. */
  static final class NeedsSizes extends Animal {
    @Override
    public Op<?> op() {
      return new Zoo.Looped(
          OpId.of("zoo:needs_sizes"), 1, NeedsSizes::halved, Zoo::twice, Zoo.doubling());
    }

    private static TensorType halved(InputTypes types) {
      types.require(types.get(0).rank() == 1, "it takes rows");
      return TensorType.of(types.get(0).dtype(), types.get(0).shape().isFixed() ? 4 : 3);
    }

    @Override
    public List<Case> cases() {
      return List.of(Case.of("[N]"));
    }
  }

  /** Right in f64, and too small by a millionth where the numbers are f32. */
  static final class WrongInSingle extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped(
          "wrong_in_single",
          (inputs, output) -> {
            double factor = output.type().dtype() == DType.F32 ? 2 - 1e-4 : 2;
            for (int i = 0; i < output.length(); i++) {
              output.set(i, factor * inputs.get(0).get(i));
            }
          },
          Zoo.doubling());
    }
  }

  static final class Infinite extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "infinite", 1, x -> x.get(0).times(1e4).exp(), Zoo.times(x -> x.times(1e4).exp()));
    }
  }

  static final class ThrowsInLoops extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.looped(
          "throws_in_loops", (inputs, output) -> output.set(output.length(), 0), Zoo.doubling());
    }
  }

  static final class ThrowsInRule extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "throws_in_rule", 1, x -> x.get(0).exp(), at -> at.flow(at.gradient(), at.input(3)));
    }
  }
}
