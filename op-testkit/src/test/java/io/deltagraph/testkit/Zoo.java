package io.deltagraph.testkit;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.function.Function;

/** Ops given by their parts, and contracts of them that a launcher can run. */
final class Zoo {
  private Zoo() {}

  /** A rule in terms of an adjoint. */
  @FunctionalInterface
  interface Rule extends Function<Adjoint<NoAttributes>, List<Cotangent>> {}

  /** The rule of a factor that depends on the input: {@code dx = g ⊙ factor(x)}. */
  static Rule times(Function<Value, Value> factor) {
    return at -> at.flow(at.gradient().times(factor.apply(at.input(0))));
  }

  /** A contract of an op that finds the kit's few ops. */
  abstract static class Animal implements OpContract {
    @Override
    public OpLookup registry() {
      return ZooOps.registry();
    }
  }

  /** A pointwise op with a rule of its own. */
  record Ruled(OpId id, int arity, Function<Lanes, Lane> lane, Rule rule)
      implements Pointwise<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(arity);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return lane.apply(x);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  static Op<?> ruled(String name, int arity, Function<Lanes, Lane> lane, Rule rule) {
    return new Ruled(OpId.of("zoo:" + name), arity, lane, rule);
  }

  /** Loops with a rule of their own. */
  record Looped(
      OpId id, int arity, Function<InputTypes, TensorType> shape, Kernel.Loops loops, Rule rule)
      implements Kernel<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(arity);
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return shape.apply(inputs);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      loops.run(inputs, output);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  static Op<?> looped(String name, Kernel.Loops loops, Rule rule) {
    return new Looped(OpId.of("zoo:" + name), 1, types -> types.get(0), loops, rule);
  }

  /** Loops that double each element. */
  static void twice(List<TensorReader> inputs, TensorWriter output) {
    for (int i = 0; i < output.length(); i++) {
      output.set(i, 2 * inputs.get(0).get(i));
    }
  }

  /** The rule of doubling. */
  static Rule doubling() {
    return at -> at.flow(at.gradient().plus(at.gradient()));
  }
}
