package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * One piece of work of a plan. A step reads its inputs and fills all of its outputs. An output is
 * dense and shares no buffer with an input, unless its kind says otherwise.
 */
public sealed interface Step {

  /** The values that the step computes, in topological order. */
  ImmutableList<? extends Value> nodes();

  /** The last of them. */
  default Value node() {
    return nodes().getLast();
  }

  /** What it reads. */
  ImmutableList<Operand> inputs();

  /** What it fills. */
  ImmutableList<Operand> outputs();

  /** The step with its operands in other places. */
  Step at(ImmutableList<Operand> inputs, ImmutableList<Operand> outputs);

  /**
   * A pointwise loop; all operands have one shape. An output may lie exactly where an input lies:
   * all inputs of an element are read before any of its outputs is written.
   */
  record Loop(
      ImmutableList<Apply> nodes,
      LaneProgram program,
      ImmutableList<Operand> inputs,
      ImmutableList<Operand> outputs)
      implements Step {
    @Override
    public Loop at(ImmutableList<Operand> in, ImmutableList<Operand> out) {
      return new Loop(nodes, program, in, out);
    }
  }

  /**
   * A reduction over {@code axes} in the order of {@link SummationTree}.
   *
   * @param element from the inputs, which all have the shape that is folded, to the lane that is
   *     folded
   */
  record Fold(
      ImmutableList<Apply> nodes,
      FoldPrograms programs,
      LaneProgram element,
      ImmutableIntArray axes,
      ImmutableList<Operand> inputs,
      Operand output)
      implements Step {
    @Override
    public ImmutableList<Operand> outputs() {
      return ImmutableList.of(output);
    }

    @Override
    public Fold at(ImmutableList<Operand> in, ImmutableList<Operand> out) {
      return new Fold(nodes, programs, element, axes, in, out.get(0));
    }
  }

  /**
   * A sum of products. Each sum starts at 0 and takes its terms by fused multiply-add in ascending
   * order of the summed subscripts; those of the left input come first in their order there, then
   * those of the right alone, and the last one runs fastest. The output fills its buffer in any
   * order of its axes.
   *
   * @param finish from the sum and the extras to an element of the output
   * @param extras in the shape of the output, which may lie exactly where one of them lies
   */
  record Product(
      ImmutableList<Apply> nodes,
      Subscripts subscripts,
      Operand left,
      Operand right,
      LaneProgram finish,
      ImmutableList<Operand> extras,
      Operand output)
      implements Step {
    @Override
    public ImmutableList<Operand> inputs() {
      return ImmutableList.<Operand>builder().add(left, right).addAll(extras).build();
    }

    @Override
    public ImmutableList<Operand> outputs() {
      return ImmutableList.of(output);
    }

    @Override
    public Product at(ImmutableList<Operand> in, ImmutableList<Operand> out) {
      return new Product(
          nodes, subscripts, in.get(0), in.get(1), finish, in.subList(2, in.size()), out.get(0));
    }

    /** The number of multiplications and additions. */
    public long flops() {
      Map<Integer, Integer> sizes = new HashMap<>();
      collect(subscripts.left(), left, sizes);
      collect(subscripts.right(), right, sizes);
      return sizes.values().stream().mapToLong(size -> size).reduce(2, Math::multiplyExact);
    }

    private static void collect(String labels, Operand operand, Map<Integer, Integer> sizes) {
      for (int axis = 0; axis < labels.length(); axis++) {
        int size = operand.type().shape().dim(axis).size();
        sizes.merge((int) labels.charAt(axis), size, Math::max);
      }
    }

    /** Whether the sums are the output. */
    public boolean isPlain() {
      return extras.isEmpty() && finish.isCopy() && output.type().dtype() == left.type().dtype();
    }
  }

  /** The same elements in another layout, bit for bit. */
  record Copy(Value node, Operand input, Operand output) implements Step {
    @Override
    public ImmutableList<Value> nodes() {
      return ImmutableList.of(node);
    }

    @Override
    public ImmutableList<Operand> inputs() {
      return ImmutableList.of(input);
    }

    @Override
    public ImmutableList<Operand> outputs() {
      return ImmutableList.of(output);
    }

    @Override
    public Copy at(ImmutableList<Operand> in, ImmutableList<Operand> out) {
      return new Copy(node, in.get(0), out.get(0));
    }
  }

  /** A kernel's loops; the inputs are dense. */
  record Call(Apply node, Kernel<Record> kernel, ImmutableList<Operand> inputs, Operand output)
      implements Step {
    @Override
    public ImmutableList<Apply> nodes() {
      return ImmutableList.of(node);
    }

    @Override
    public ImmutableList<Operand> outputs() {
      return ImmutableList.of(output);
    }

    @Override
    public Call at(ImmutableList<Operand> in, ImmutableList<Operand> out) {
      return new Call(node, kernel, in, out.get(0));
    }
  }
}
