package io.deltagraph.ops;

import com.google.common.base.Preconditions;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.Dim;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * {@code y[…, i, …] = x[…, start + i · step, …]} for positions before {@code stop} along one axis
 * of known size. Negative bounds count from the end, and bounds outside are refused.
 */
public final class Slice implements View<Slice.Range> {
  /** The default of {@code stop}: up to the end. */
  public static final int END = Integer.MAX_VALUE;

  /** The axis, the first position, the first one no longer taken, and the distance. */
  public record Range(int axis, int start, int stop, int step) {
    /** Checks the step. */
    public Range {
      Preconditions.checkArgument(step > 0, "step is at least 1, got %s.", step);
    }
  }

  /** The op applied, with a step of 1. */
  public static Value of(Value x, int axis, int start, int stop) {
    return of(x, axis, start, stop, 1);
  }

  /** The op applied. */
  public static Value of(Value x, int axis, int start, int stop, int step) {
    return x.op("slice", new Range(axis, start, stop, step));
  }

  @Override
  public OpId id() {
    return OpId.of("slice");
  }

  @Override
  public List<String> synonyms() {
    return List.of("narrow", "strided_slice");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<Range> schema() {
    return Schema.of(
        Range::new,
        OpAttribute.integer("axis", Range::axis).orElse(0),
        OpAttribute.integer("start", Range::start).orElse(0),
        OpAttribute.integer("stop", Range::stop).orElse(END),
        OpAttribute.integer("step", Range::step).orElse(1));
  }

  @Override
  public TensorType infer(Range range, InputTypes inputs) {
    int axis = inputs.axis(0, range.axis());
    Dim dim = inputs.get(0).shape().dim(axis);
    inputs.require(dim.isFixed(), "the named dimension " + dim + " cannot be sliced");
    int size = dim.size();
    int start = bound(range.start(), size);
    int stop = bound(range.stop(), size);
    inputs.require(
        0 <= start && start <= stop && stop <= size,
        "there are no positions " + start + " to " + stop + " along axis " + axis + " of " + size);
    int count = (stop - start + range.step() - 1) / range.step();
    return inputs.get(0).with(inputs.get(0).shape().with(axis, Dim.of(count)));
  }

  private static int bound(int position, int size) {
    return position == END ? size : position < 0 ? position + size : position;
  }

  @Override
  public IndexMap map(Range range, TensorType input, TensorType output) {
    int axis = input.shape().axis(range.axis());
    int[] strides = IndexMap.rowMajor(input.shape().sizes());
    int offset = bound(range.start(), input.shape().dim(axis).size()) * strides[axis];
    strides[axis] *= range.step();
    return IndexMap.of(offset, strides);
  }
}
