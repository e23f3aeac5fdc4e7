package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One piece of work of a plan. A step reads its inputs and fills all of its outputs. An output is
 * dense and shares no buffer with an input, unless its kind says otherwise.
 */
public sealed interface Step {

  /**
   * The values that the step computes, in topological order. One output of a node stands for all of
   * them, and they are the outputs of the step, in order.
   */
  List<? extends Value> nodes();

  /** The last of them. */
  default Value node() {
    return nodes().getLast();
  }

  /** What it reads. */
  List<Operand> inputs();

  /** What it fills. */
  List<Operand> outputs();

  /** The steps that it is made of, one after another: mostly itself alone. */
  default List<Step> parts() {
    return ImmutableList.of(this);
  }

  /** The step with its operands in other places. */
  Step at(UnaryOperator<Operand> place);

  private static List<Operand> at(List<Operand> operands, UnaryOperator<Operand> place) {
    return operands.stream().map(place).collect(ImmutableList.toImmutableList());
  }

  /**
   * A pointwise loop; all operands have one shape. An output may lie exactly where an input lies:
   * all inputs of an element are read before any of its outputs is written.
   */
  record Loop(List<Apply> nodes, LaneProgram program, List<Operand> inputs, List<Operand> outputs)
      implements Step {
    public Loop {
      nodes = ImmutableList.copyOf(nodes);
      inputs = ImmutableList.copyOf(inputs);
      outputs = ImmutableList.copyOf(outputs);
    }

    @Override
    public Loop at(UnaryOperator<Operand> place) {
      return new Loop(nodes, program, Step.at(inputs, place), Step.at(outputs, place));
    }
  }

  /**
   * A reduction over {@code axes} in the order of {@link SummationTree}.
   *
   * @param element from the inputs, which all have the shape that is folded, to the lane that is
   *     folded
   */
  record Fold(
      List<Apply> nodes,
      FoldPrograms programs,
      LaneProgram element,
      List<Integer> axes,
      List<Operand> inputs,
      List<Operand> outputs)
      implements Step {
    public Fold {
      nodes = ImmutableList.copyOf(nodes);
      axes = ImmutableList.copyOf(axes);
      inputs = ImmutableList.copyOf(inputs);
      outputs = ImmutableList.copyOf(outputs);
    }

    @Override
    public Fold at(UnaryOperator<Operand> place) {
      return new Fold(
          nodes, programs, element, axes, Step.at(inputs, place), Step.at(outputs, place));
    }

    /** The first output. All of them have one shape. */
    public Operand output() {
      return outputs.getFirst();
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
      List<Apply> nodes,
      Subscripts subscripts,
      Operand left,
      Operand right,
      LaneProgram finish,
      List<Operand> extras,
      Operand output)
      implements Step {
    public Product {
      nodes = ImmutableList.copyOf(nodes);
      extras = ImmutableList.copyOf(extras);
    }

    @Override
    public List<Operand> inputs() {
      return ImmutableList.<Operand>builder().add(left, right).addAll(extras).build();
    }

    @Override
    public List<Operand> outputs() {
      return ImmutableList.of(output);
    }

    @Override
    public Product at(UnaryOperator<Operand> place) {
      return new Product(
          nodes,
          subscripts,
          place.apply(left),
          place.apply(right),
          finish,
          Step.at(extras, place),
          place.apply(output));
    }

    /** Whether the sums are the output. */
    public boolean isPlain() {
      return extras.isEmpty() && finish.isCopy() && output.type().dtype() == left.type().dtype();
    }
  }

  /**
   * Loops and folds over the same rows, along the first axis of all that they read and write. Row i
   * of what one of them makes is read, or overwritten, by the others for their row i alone. So all
   * of them can be taken for a block of rows while it lies in a cache, then for the next block.
   */
  record Rows(List<Step> parts) implements Step {
    public Rows {
      parts = ImmutableList.copyOf(parts);
    }

    @Override
    public List<Value> nodes() {
      return all(Step::nodes);
    }

    @Override
    public List<Operand> inputs() {
      return all(Step::inputs);
    }

    @Override
    public List<Operand> outputs() {
      return all(Step::outputs);
    }

    private <T> List<T> all(Function<Step, List<? extends T>> of) {
      return parts.stream()
          .flatMap(part -> of.apply(part).stream())
          .collect(ImmutableList.toImmutableList());
    }

    @Override
    public Rows at(UnaryOperator<Operand> place) {
      return new Rows(
          parts.stream().map(part -> part.at(place)).collect(ImmutableList.toImmutableList()));
    }

    /** The number of rows. */
    public int rows() {
      return parts.getFirst().outputs().getFirst().type().shape().dim(0).size();
    }

    /** The same for some of the rows. */
    public Rows slice(int first, int count) {
      return at(operand -> operand.rows(first, count));
    }
  }

  /** The same elements in another layout, bit for bit. */
  record Copy(Value node, Operand input, Operand output) implements Step {
    @Override
    public List<Value> nodes() {
      return ImmutableList.of(node);
    }

    @Override
    public List<Operand> inputs() {
      return ImmutableList.of(input);
    }

    @Override
    public List<Operand> outputs() {
      return ImmutableList.of(output);
    }

    @Override
    public Copy at(UnaryOperator<Operand> place) {
      return new Copy(node, place.apply(input), place.apply(output));
    }
  }

  /** A kernel's loops; the inputs are dense. */
  record Call(Apply node, Kernel<Record> kernel, List<Operand> inputs, List<Operand> outputs)
      implements Step {
    public Call {
      inputs = ImmutableList.copyOf(inputs);
      outputs = ImmutableList.copyOf(outputs);
    }

    @Override
    public List<Apply> nodes() {
      return ImmutableList.of(node);
    }

    @Override
    public Call at(UnaryOperator<Operand> place) {
      return new Call(node, kernel, Step.at(inputs, place), Step.at(outputs, place));
    }
  }
}
