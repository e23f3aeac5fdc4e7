package io.deltagraph.graph;

import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;

/** A node of a raw backward rule: loops without a rule of their own. */
public record RawKernel(OpId id, int arity, Kernel.Loops loops) implements Kernel<RawKernel.Of> {

  /** The type of the output, and the attributes of the node that the rule belongs to. */
  public record Of(TensorType type, Record forward) {}

  @Override
  public OpSignature signature() {
    String[] names = new String[arity];
    for (int i = 0; i < arity; i++) {
      names[i] = "x" + i;
    }
    return OpSignature.all(OpSignature.Accepts.ANY, names);
  }

  @Override
  public Schema<Of> schema() {
    throw new GraphException.BadGraph(
        "'"
            + id
            + "' is a raw backward rule, which exists in memory only: a graph with it cannot be saved.");
  }

  @Override
  public TensorType infer(Of attributes, InputTypes inputs) {
    return attributes.type();
  }

  @Override
  public void forward(Of attributes, List<TensorReader> inputs, TensorWriter output) {
    loops.run(inputs, output);
  }

  @Override
  public List<Cotangent> backward(Adjoint<Of> at) {
    return at.inputs().stream()
        .map(input ->
            Cotangent.missing(
                "'"
                    + id
                    + "' is a raw backward rule, which has no derivative of its own: neither second"
                    + " derivatives nor forward mode go through it."))
        .toList();
  }
}
