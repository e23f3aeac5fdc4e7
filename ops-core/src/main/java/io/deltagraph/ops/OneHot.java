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
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y[i…, k] = 1} where {@code indices[i…] = k}, else 0, along a new last axis. An index
 * outside 0 up to but not including the depth is refused when it is met.
 */
public final class OneHot implements Kernel<OneHot.Classes> {

  /** The number of classes, and the dtype of the output. */
  public record Classes(int depth, DType dtype) {
    /** Checks the depth. */
    public Classes {
      Preconditions.checkArgument(depth >= 0, "depth is at least 0, got %s.", depth);
    }
  }

  /** The op applied. */
  public static Value of(Value indices, int depth, DType dtype) {
    return indices.op("one_hot", new Classes(depth, dtype));
  }

  @Override
  public OpId id() {
    return OpId.of("one_hot");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.INTEGER, "indices");
  }

  @Override
  public Schema<Classes> schema() {
    return Schema.of(
        Classes::new,
        OpAttribute.integer("depth", Classes::depth),
        OpAttribute.dtype("dtype", Classes::dtype).orElse(DType.F64));
  }

  @Override
  public TensorType infer(Classes classes, InputTypes inputs) {
    Shape shape = inputs.get(0).shape().concat(Shape.of(classes.depth()));
    return new TensorType(classes.dtype(), shape);
  }

  @Override
  public void forward(Classes classes, List<TensorReader> inputs, TensorWriter output) {
    TensorReader indices = inputs.getFirst();
    int depth = classes.depth();
    for (int i = 0; i < indices.length(); i++) {
      int index = Strip.index("one_hot", indices, i, depth);
      for (int k = 0; k < depth; k++) {
        output.set(i * depth + k, k == index ? 1 : 0);
      }
    }
  }

  /** Zero: the indices are whole numbers. */
  @Override
  public List<Cotangent> backward(Adjoint<Classes> at) {
    return at.flat("the indices of one_hot are whole numbers, which change in jumps only");
  }
}
