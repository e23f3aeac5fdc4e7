package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.TensorType;
import java.util.List;

/** The mistakes themselves, as one op of the kit's own, so that no op under test is relied upon. */
final class Tamper implements Kernel<Tamper.Of> {
  private static final Tamper OP = new Tamper();

  /** What to do to the elements. */
  enum Kind {
    /** Multiply by the number. */
    SCALE,
    /** Set to 1. */
    ONES,
    /** Read in column-major order, or backward where there are no columns. */
    TRANSPOSE,
    /** Take each element from its successor. */
    ROLL,
    /** Shift and shrink, as a value of an earlier step differs. */
    STALE,
    /** Keep what lies at the first place of the last axis, zero elsewhere. */
    FIRST_PLACE,
    /** Take the first element where an axis was to be summed. */
    FIRST_TERM
  }

  /**
   * The attributes.
   *
   * @param kind what to do
   * @param factor the number to scale by
   * @param axes the axes of which the first element is taken
   * @param type the type of the output
   */
  record Of(Kind kind, double factor, List<Integer> axes, TensorType type) {}

  /** The value times a number. */
  static Value scale(Value value, double factor) {
    return apply(value, new Of(Kind.SCALE, factor, ImmutableList.of(), value.type()));
  }

  /** The value with something done to its elements. */
  static Value apply(Value value, Kind kind) {
    return apply(value, new Of(kind, 1, ImmutableList.of(), value.type()));
  }

  /** The first elements along some axes, in a shape that has as many elements. */
  static Value firstTerm(Value value, List<Integer> axes, TensorType type) {
    return apply(value, new Of(Kind.FIRST_TERM, 1, ImmutableList.copyOf(axes), type));
  }

  private static Value apply(Value value, Of attributes) {
    return value.builder().apply(OP, attributes, List.of(value));
  }

  @Override
  public OpId id() {
    return OpId.of("testkit:tamper");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public TensorType infer(Of attributes, InputTypes inputs) {
    return attributes.type();
  }

  @Override
  public void forward(Of attributes, List<TensorReader> inputs, TensorWriter output) {
    TensorReader x = inputs.getFirst();
    int length = output.length();
    for (int i = 0; i < length; i++) {
      output.set(
          i,
          switch (attributes.kind()) {
            case SCALE -> attributes.factor() == 0 ? 0 : x.get(i) * attributes.factor();
            case ONES -> 1;
            case TRANSPOSE -> x.get(transposed(x, i));
            case ROLL -> x.get((i + 1) % length);
            case STALE -> 0.875 * x.get(i) + 0.0625;
            case FIRST_PLACE -> i % period(x) == 0 ? x.get(i) : 0;
            case FIRST_TERM -> x.get(first(attributes.axes(), x, i));
          });
    }
  }

  /** The size of the last axis, or of everything where that has a single place. */
  private static int period(TensorReader x) {
    return x.type().rank() == 0 || x.size(-1) == 1 ? x.length() : x.size(-1);
  }

  private static int transposed(TensorReader x, int index) {
    int rank = x.type().rank();
    int rows = rank < 2 ? 1 : x.size(-2);
    int columns = rank < 2 ? 1 : x.size(-1);
    if (rows == 1 || columns == 1) {
      return x.length() - 1 - index;
    }
    int within = index % (rows * columns);
    return index - within + within % rows * columns + within / rows;
  }

  /** The input position of the output element {@code index} when folded axes are at 0. */
  private static int first(List<Integer> axes, TensorReader x, int index) {
    int[] sizes = x.type().shape().sizes();
    int rest = index;
    int stride = 1;
    int position = 0;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (!axes.contains(axis)) {
        position += rest % sizes[axis] * stride;
        rest /= sizes[axis];
      }
      stride *= sizes[axis];
    }
    return position;
  }

  @Override
  public List<Cotangent> backward(Adjoint<Of> at) {
    return List.of(Cotangent.missing("a seeded mistake has no derivative"));
  }
}
