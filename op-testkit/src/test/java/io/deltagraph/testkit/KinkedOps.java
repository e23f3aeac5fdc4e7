package io.deltagraph.testkit;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.testkit.Zoo.Animal;
import io.deltagraph.type.TensorType;
import java.util.List;

/** Contracts of the absolute value as loops, which has a kink at 0. */
final class KinkedOps {
  private KinkedOps() {}

  record Size(OpId id, boolean told) implements Kernel<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      for (int i = 0; i < output.length(); i++) {
        output.set(i, Math.abs(inputs.get(0).get(i)));
      }
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(
          at.raw(
              "zoo:size.backward",
              at.input(0).type(),
              (inputs, output) -> {
                for (int i = 0; i < output.length(); i++) {
                  output.set(i, inputs.get(0).get(i) * Math.signum(inputs.get(1).get(i)));
                }
              },
              at.gradient(),
              at.input(0)));
    }

    @Override
    public List<Value> kinks(Adjoint<NoAttributes> at) {
      return told ? List.of(at.input(0)) : List.of();
    }
  }

  static final class Untold extends Animal {
    @Override
    public Op<?> op() {
      return new Size(OpId.of("zoo:untold"), false);
    }
  }

  static final class Told extends Animal {
    @Override
    public Op<?> op() {
      return new Size(OpId.of("zoo:told"), true);
    }
  }
}
