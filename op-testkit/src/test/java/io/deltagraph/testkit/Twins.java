package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.testkit.Zoo.Animal;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Contracts of ops of several outputs: of each kind one that is right, and wrong ones. */
final class Twins {
  private Twins() {}

  /** BothLoops over both outputs. */
  @FunctionalInterface
  interface BothLoops {
    void run(TensorReader x, TensorWriter wave, TensorWriter square);
  }

  /** {@code sin x} and {@code x²}, or whatever the parts make of it. */
  record Twin(
      BothLoops loops, Zoo.Rule rule, Function<InputTypes, List<TensorType>> types, String second)
      implements Kernel.Several<NoAttributes> {
    /** The op as it should be. */
    static final Twin RIGHT =
        new Twin(
            Twin::both,
            at ->
                at.flow(
                    at.gradient(0)
                        .times(at.input(0).cos())
                        .plus(at.gradient(1).times(at.input(0)).times(2))),
            types -> List.of(types.get(0), types.get(0)),
            "square");

    private static void both(TensorReader x, TensorWriter wave, TensorWriter square) {
      for (int i = 0; i < x.length(); i++) {
        wave.set(i, Math.sin(x.get(i)));
        square.set(i, x.get(i) * x.get(i));
      }
    }

    Twin loops(BothLoops other) {
      return new Twin(other, rule, types, second);
    }

    Twin rule(Zoo.Rule other) {
      return new Twin(loops, other, types, second);
    }

    Twin types(Function<InputTypes, List<TensorType>> other) {
      return new Twin(loops, rule, other, second);
    }

    Twin second(String name) {
      return new Twin(loops, rule, types, name);
    }

    @Override
    public OpId id() {
      return OpId.of("zoo:twin");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1).giving("wave", second);
    }

    @Override
    public List<TensorType> inferAll(NoAttributes none, InputTypes inputs) {
      return types.apply(inputs);
    }

    @Override
    public void forwardAll(
        NoAttributes none, List<TensorReader> inputs, List<TensorWriter> outputs) {
      loops.run(inputs.getFirst(), outputs.get(0), outputs.get(1));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  static final class Right extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT;
    }
  }

  /** A rule that leaves the terms of what was not reached out. */
  static final class RightByReach extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.rule(at -> {
        Value wave = at.gradient(0).times(at.input(0).cos());
        Value square = at.gradient(1).times(at.input(0)).times(2);
        return at.flow(
            at.reached(0) && at.reached(1) ? wave.plus(square) : at.reached(0) ? wave : square);
      });
    }
  }

  /** The second output is whole numbers, which no gradient reaches. */
  static final class RightWithRanks extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT
          .types(types -> List.of(types.get(0), types.get(0).with(DType.I32)))
          .loops((x, wave, sign) -> {
            for (int i = 0; i < x.length(); i++) {
              wave.set(i, Math.sin(x.get(i)));
              sign.set(i, x.get(i) > 0 ? 1 : 0);
            }
          })
          .rule(at -> at.flow(at.gradient(0).times(at.input(0).cos())));
    }
  }

  static final class ForgetsOne extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.rule(at -> at.flow(at.gradient(0).times(at.input(0).cos())));
    }
  }

  static final class ExchangesThem extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.rule(at ->
          at.flow(
              at.gradient(1)
                  .times(at.input(0).cos())
                  .plus(at.gradient(0).times(at.input(0)).times(2))));
    }
  }

  /** Right for either output alone. */
  static final class WrongTogether extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.rule(at -> {
        Value wave = at.gradient(0).times(at.input(0).cos());
        return at.flow(at.reached(0) ? wave : at.gradient(1).times(at.input(0)).times(2));
      });
    }
  }

  static final class AsksForOne extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.rule(at -> at.flow(at.gradient()));
    }
  }

  /** The second derivative of the second output is cut off. */
  static final class WrongSecondDerivative extends Animal {
    private static final Zoo.Ruled FROZEN =
        new Zoo.Ruled(
            OpId.of("zoo:frozen"),
            1,
            x -> x.get(0).plus(x.get(0)),
            at -> List.of(Cotangent.zero()));

    @Override
    public Op<?> op() {
      return Twin.RIGHT.rule(at -> {
        Value frozen = at.input(0).builder().apply(FROZEN, NoAttributes.NONE, List.of(at.input(0)));
        return at.flow(at.gradient(0).times(at.input(0).cos()).plus(at.gradient(1).times(frozen)));
      });
    }
  }

  static final class LeavesOneUnwritten extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.loops((x, wave, square) -> {
        for (int i = 0; i < x.length(); i++) {
          wave.set(i, Math.sin(x.get(i)));
        }
      });
    }
  }

  static final class OneTypeTooFew extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.types(types -> List.of(types.get(0)));
    }
  }

  static final class BadName extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.second("The Square");
    }
  }

  /** The second output loses digits in f32. */
  static final class LosesDigits extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT.loops((x, wave, square) -> {
        for (int i = 0; i < x.length(); i++) {
          wave.set(i, Math.sin(x.get(i)));
          double far = x.type().dtype() == DType.F32 ? (float) (x.get(i) + 4096.0f) - 4096.0f : 0;
          square.set(i, x.type().dtype() == DType.F32 ? far * far : x.get(i) * x.get(i));
        }
      });
    }
  }

  /** The second output has a kink that nothing tells. */
  static final class Untold extends Animal {
    @Override
    public Op<?> op() {
      return Twin.RIGHT
          .loops((x, wave, size) -> {
            for (int i = 0; i < x.length(); i++) {
              wave.set(i, Math.sin(x.get(i)));
              size.set(i, Math.abs(x.get(i)));
            }
          })
          .rule(at -> {
            Value x = at.input(0);
            Value sign = x.constant(1).minus(negative(x).times(2));
            return at.flow(at.gradient(0).times(x.cos()).plus(at.gradient(1).times(sign)));
          });
    }

    private static Value negative(Value x) {
      return x.less(x.constant(0)).where(x.constant(1), x.constant(0));
    }
  }

  /** The sum and the sum of squares of all elements, the latter by a rule to be given. */
  record Moments(boolean lawful) implements Reduction.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:moments");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1).giving("sum", "squares");
    }

    @Override
    public Axes axes(NoAttributes none) {
      return new Axes(ImmutableList.of(), false);
    }

    @Override
    public Lanes prepare(NoAttributes none, Lane x, Lane index) {
      return Lanes.of(x, x.times(x));
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return Lanes.of(like.constant(0), like.constant(0));
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      Lane squares = left.get(1).plus(right.get(1));
      return Lanes.of(left.get(0).plus(right.get(0)), lawful ? squares : squares.plus(left.get(0)));
    }

    @Override
    public Lanes finishAll(NoAttributes none, Lanes total, Lane count) {
      return total;
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      Value x = at.input(0);
      Value flow = at.gradient(0).plus(at.gradient(1).times(x.times(2)));
      return at.flow(flow.broadcastTo(x.shape()));
    }
  }

  /** What changes nothing for one output is listed, though it is caught for the other. */
  static final class RightFold extends Animal {
    @Override
    public Op<?> op() {
      return new Moments(true);
    }

    @Override
    public Map<Mutator, String> equivalentMutants() {
      String why = "the gradient of the sum is one number everywhere";
      return Map.of(Mutator.TRANSPOSE, why, Mutator.WRONG_INPUT, why);
    }
  }

  static final class LawlessFold extends Animal {
    @Override
    public Op<?> op() {
      return new Moments(false);
    }
  }

  /** {@code sin x} and {@code x sin x}, as an expression. */
  record Waves() implements Composite.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("zoo:waves");
    }

    @Override
    public OpSignature signature() {
      return ZooOps.floats(1).giving("even", "rising");
    }

    @Override
    public List<Value> forwardAll(NoAttributes none, Values x) {
      Value wave = x.get(0).sin();
      return List.of(wave, wave.times(x.get(0)));
    }
  }

  static final class RightExpression extends Animal {
    @Override
    public Op<?> op() {
      return new Waves();
    }
  }
}
