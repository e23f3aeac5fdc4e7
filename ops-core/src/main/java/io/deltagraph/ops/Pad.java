package io.deltagraph.ops;

import com.google.common.base.Preconditions;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y[…, before + i, …] = x[…, i, …]} along one axis of known size, and {@code value} before
 * and after it.
 */
public final class Pad implements Kernel<Pad.Edges> {

  /** The axis, how many elements come before and after, and what they hold. */
  public record Edges(int axis, int before, int after, double value) {
    /** Checks the counts. */
    public Edges {
      Preconditions.checkArgument(
          before >= 0 && after >= 0, "before and after are at least 0, got %s, %s.", before, after);
    }
  }

  /** The op applied. */
  public static Value of(Value x, int axis, int before, int after, double value) {
    return x.op("pad", new Edges(axis, before, after, value));
  }

  @Override
  public OpId id() {
    return OpId.of("pad");
  }

  @Override
  public List<String> synonyms() {
    return List.of("zero_pad");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<Edges> schema() {
    return Schema.of(
        Edges::new,
        OpAttribute.integer("axis", Edges::axis).orElse(0),
        OpAttribute.integer("before", Edges::before).orElse(0),
        OpAttribute.integer("after", Edges::after).orElse(0),
        OpAttribute.number("value", Edges::value).orElse(0.0));
  }

  @Override
  public TensorType infer(Edges edges, InputTypes inputs) {
    int axis = inputs.axis(0, edges.axis());
    Dim dim = inputs.get(0).shape().dim(axis);
    inputs.require(dim.isFixed(), "the named dimension " + dim + " cannot be padded");
    int size = Math.addExact(Math.addExact(dim.size(), edges.before()), edges.after());
    return inputs.get(0).with(inputs.get(0).shape().with(axis, Dim.of(size)));
  }

  @Override
  public void forward(Edges edges, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.getFirst();
    Strip from = Strip.of(x.type(), edges.axis());
    for (int i = 0; i < output.length(); i++) {
      output.set(i, edges.value());
    }
    from.copy(x, Strip.of(output.type(), edges.axis()), edges.before(), output);
  }

  /** {@code dx = g[…, before : before + n, …]}. */
  @Override
  public List<Cotangent> backward(Adjoint<Edges> at) {
    Edges edges = at.attributes();
    int size = at.input(0).shape().dim(edges.axis()).size();
    return at.flow(Slice.of(at.gradient(), edges.axis(), edges.before(), edges.before() + size));
  }
}
