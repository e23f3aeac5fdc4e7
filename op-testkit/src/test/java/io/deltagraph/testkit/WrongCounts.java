package io.deltagraph.testkit;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.testkit.Zoo.Animal;
import io.deltagraph.type.TensorType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ops whose signature promises what their shape rule or their loops do not keep. */
final class WrongCounts {
  private WrongCounts() {}

  /** A sum of inputs of one shape. */
  private record Sum(
      OpId id,
      Supplier<OpSignature> inputs,
      Function<InputTypes, TensorType> shape,
      Function<List<TensorReader>, List<TensorReader>> summed)
      implements Kernel<NoAttributes> {

    static Sum of(String name) {
      return new Sum(
          OpId.of("zoo:" + name), () -> OpSignature.of("x").repeating(), Sum::same, all -> all);
    }

    private static TensorType same(InputTypes types) {
      types.require(types.all().stream().allMatch(types.get(0)::equals), "the shapes differ");
      return types.get(0);
    }

    Sum inputs(Supplier<OpSignature> other) {
      return new Sum(id, other, shape, summed);
    }

    Sum shape(Function<InputTypes, TensorType> other) {
      return new Sum(id, inputs, other, summed);
    }

    Sum summed(Function<List<TensorReader>, List<TensorReader>> other) {
      return new Sum(id, inputs, shape, other);
    }

    @Override
    public OpSignature signature() {
      return inputs.get();
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return shape.apply(inputs);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      List<TensorReader> all = summed.apply(inputs);
      for (int i = 0; i < output.length(); i++) {
        int at = i;
        output.set(i, all.stream().mapToDouble(input -> input.get(at)).sum());
      }
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return Collections.nCopies(at.inputs().size(), at.flow(at.gradient()).getFirst());
    }
  }

  /** Keeps its promises. */
  static final class Right extends Animal {
    @Override
    public Op<?> op() {
      return Sum.of("sum_of_all");
    }

    @Override
    public Map<Mutator, String> equivalentMutants() {
      return ImmutableMap.of(Mutator.SWAP_OPERANDS, "a sum is the same in any order");
    }
  }

  /** The shape rule looks at a second input, which need not be there. */
  static final class NeedsTwo extends Animal {
    @Override
    public Op<?> op() {
      return Sum.of("needs_two")
          .shape(types -> types.get(0).equals(types.get(1)) ? types.get(0) : Sum.same(types));
    }
  }

  /** The shape rule refuses what the signature promises. */
  static final class RefusesOne extends Animal {
    @Override
    public Op<?> op() {
      return Sum.of("refuses_one")
          .shape(types -> {
            types.require(types.size() > 1, "one is not enough");
            return Sum.same(types);
          });
    }
  }

  /** The loops read two inputs, whatever is there. */
  static final class LoopsOverTwo extends Animal {
    @Override
    public Op<?> op() {
      return Sum.of("loops_over_two").summed(all -> List.of(all.get(0), all.get(1)));
    }
  }

  /** The signature is another one when it is asked again. */
  static final class Restless extends Animal {
    private int asked;

    @Override
    public Op<?> op() {
      return Sum.of("restless")
          .inputs(() -> asked++ % 2 == 0 ? OpSignature.of("x") : OpSignature.of("x").repeating());
    }
  }

  /** The shape rule fails on some inputs by an exception that looks like a refusal. */
  static final class NotANumber extends Animal {
    @Override
    public Op<?> op() {
      return new Zoo.Looped(
          OpId.of("zoo:not_a_number"), 1, NotANumber::parsed, Zoo::twice, Zoo.doubling());
    }

    private static TensorType parsed(InputTypes types) {
      Integer.parseInt(types.get(0).rank() < 2 ? "1" : types.get(0).shape().toString());
      return types.get(0);
    }
  }
}
