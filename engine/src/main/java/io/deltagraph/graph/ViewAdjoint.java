package io.deltagraph.graph;

import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * The adjoint of a view: every element of the view's input collects the elements that show it. It
 * is linear, and its own adjoint is the view, so there are derivatives of every order.
 *
 * @param <A> the record of the view's attributes
 */
public record ViewAdjoint<A extends Record>(View<A> view) implements Kernel<ViewAdjoint.Of<A>> {
  /** What the name of a view's adjoint ends with. */
  public static final String SUFFIX = "adjoint";

  /** The attributes of the view, and the shape of the view's input. */
  public record Of<A extends Record>(A view, Shape shape) {}

  @Override
  public OpId id() {
    return view.id().suffixed(SUFFIX);
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("gradient");
  }

  @Override
  public Schema<Of<A>> schema() {
    return view.schema().and(OpAttribute.<Of<A>>shape("input_shape", Of::shape), Of::view, Of::new);
  }

  @Override
  public TensorType infer(Of<A> attributes, InputTypes inputs) {
    return inputs.get(0).with(attributes.shape());
  }

  @Override
  public void forward(Of<A> attributes, List<TensorReader> inputs, TensorWriter output) {
    TensorReader gradient = inputs.getFirst();
    for (int i = 0; i < output.length(); i++) {
      output.set(i, 0);
    }
    IndexMap map = view.map(attributes.view(), output.type(), gradient.type());
    int[] sizes = gradient.type().shape().sizes();
    int[] position = new int[sizes.length];
    int source = map.offset();
    for (int i = 0; i < gradient.length(); i++) {
      output.set(source, output.get(source) + gradient.get(i));
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        source += map.strides().get(axis);
        if (++position[axis] < sizes[axis]) {
          break;
        }
        source -= sizes[axis] * map.strides().get(axis);
        position[axis] = 0;
      }
    }
  }

  @Override
  public List<Cotangent> backward(Adjoint<Of<A>> at) {
    Value gradient = at.gradient();
    return at.flow(gradient.builder().apply(view, at.attributes().view(), List.of(gradient)));
  }
}
