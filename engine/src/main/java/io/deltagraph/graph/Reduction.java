package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An op that folds the elements along some axes into one, by an associative and commutative rule
 * over a tuple of lanes. The order of folding is fixed by the engine: the same for every backend
 * and number of threads.
 */
public non-sealed interface Reduction<A extends Record> extends Op<A> {

  /** The axes to fold, empty for all of them, and whether they stay as 1. */
  record Axes(List<Integer> axes, boolean keepdims) {
    public Axes {
      axes = ImmutableList.copyOf(axes);
    }

    /** The axes counted from 0, ascending; refuses an axis that is not there or given twice. */
    public List<Integer> of(InputTypes inputs) {
      int rank = inputs.get(0).rank();
      if (axes.isEmpty()) {
        return ImmutableList.copyOf(IntStream.range(0, rank).boxed().toList());
      }
      List<Integer> normal =
          axes.stream().map(axis -> inputs.axis(0, axis)).sorted().distinct().toList();
      inputs.require(normal.size() == axes.size(), "an axis is given twice in " + axes);
      return ImmutableList.copyOf(normal);
    }
  }

  /** Which axes a node folds. */
  Axes axes(A attributes);

  /**
   * The tuple that one element stands for; {@code index}, an i64 lane, is its position among the
   * elements folded into one result, counted from 0 in row-major order of the folded axes.
   */
  default Lanes prepare(A attributes, Lane x, Lane index) {
    return Lanes.of(x);
  }

  /** The tuple of no elements, made with {@link Lane#constant} of {@code like}, an input lane. */
  Lanes identity(A attributes, Lane like);

  /**
   * The tuple of two sets of elements that have none in common. The sets need not adjoin and either
   * may come first, so that the rule has to be commutative as well as associative (but for
   * rounding); one that prefers the first of equal elements carries their indices and compares
   * them.
   */
  Lanes combine(A attributes, Lanes left, Lanes right);

  /** The result for a whole run of {@code count} elements (a lane of the input's type). */
  default Lane finish(A attributes, Lanes total, Lane count) {
    return total.get(0);
  }

  /** The results for all outputs, as many as the signature names. */
  default Lanes finishAll(A attributes, Lanes total, Lane count) {
    return Lanes.of(finish(attributes, total, count));
  }

  @Override
  default TensorType infer(A attributes, InputTypes inputs) {
    return types(this, attributes, inputs).getFirst();
  }

  private static <A extends Record> List<TensorType> types(
      Reduction<A> op, A attributes, InputTypes inputs) {
    Axes axes = op.axes(attributes);
    List<Integer> folded = axes.of(inputs);
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < inputs.get(0).rank(); i++) {
      if (!folded.contains(i)) {
        dims.add(inputs.get(0).shape().dim(i));
      } else if (axes.keepdims()) {
        dims.add(Dim.of(1));
      }
    }
    Lane like = Lanes.of(inputs).get(0);
    Lanes results = op.finishAll(attributes, op.identity(attributes, like), like);
    Shape shape = Shape.of(dims);
    return results.all().stream().map(result -> new TensorType(result.dtype(), shape)).toList();
  }

  /** A reduction of several outputs, which {@link OpSignature#giving} names. */
  interface Several<A extends Record> extends Reduction<A> {
    @Override
    Lanes finishAll(A attributes, Lanes total, Lane count);

    @Override
    default List<TensorType> inferAll(A attributes, InputTypes inputs) {
      return types(this, attributes, inputs);
    }

    /** Not asked: there are several. */
    @Override
    default Lane finish(A attributes, Lanes total, Lane count) {
      throw new IllegalStateException("It has several outputs: ask finishAll.");
    }
  }
}
