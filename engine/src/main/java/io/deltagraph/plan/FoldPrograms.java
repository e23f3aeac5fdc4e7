package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Reduction;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a reduction does, as programs over its tuple.
 *
 * @param element the type of what is folded, which decides the number of accumulators
 * @param width the number of lanes in the tuple
 * @param identity from an element, of which the type alone may matter, to the tuple of no elements
 * @param step from a tuple, an element and its index (i64) to the tuple with the element taken in
 * @param combine from a left and a right tuple to that of both
 * @param finish from a tuple and the number of elements, in the input's type, to the results
 */
public record FoldPrograms(
    DType element,
    int width,
    LaneProgram identity,
    LaneProgram step,
    LaneProgram combine,
    LaneProgram finish) {

  static <A extends Record> FoldPrograms of(Reduction<A> op, A attributes, DType dtype) {
    Lanes identity = op.identity(attributes, Lane.input(0, dtype));
    int width = identity.size();
    List<DType> dtypes = identity.all().stream().map(Lane::dtype).toList();
    Lanes left = tuple(dtypes, 0);
    Lanes right = tuple(dtypes, width);
    Lanes element =
        op.prepare(attributes, Lane.input(width, dtype), Lane.input(width + 1, DType.I64));
    Lanes step = op.combine(attributes, left, checked(element, dtypes, "prepare"));
    Lanes combined = op.combine(attributes, left, right);
    Lanes finish = op.finishAll(attributes, left, Lane.input(width, dtype));
    return new FoldPrograms(
        dtype,
        width,
        LaneProgram.of(1, identity.all()),
        LaneProgram.of(width + 2, checked(step, dtypes, "combine").all()),
        LaneProgram.of(2 * width, checked(combined, dtypes, "combine").all()),
        LaneProgram.of(width + 1, finish.all()));
  }

  private static Lanes tuple(List<DType> dtypes, int from) {
    Stream<Lane> lanes =
        IntStream.range(0, dtypes.size()).mapToObj(i -> Lane.input(from + i, dtypes.get(i)));
    return new Lanes(lanes.collect(ImmutableList.toImmutableList()));
  }

  private static Lanes checked(Lanes lanes, List<DType> dtypes, String method) {
    List<DType> got = lanes.all().stream().map(Lane::dtype).toList();
    if (!got.equals(dtypes)) {
      throw new IllegalArgumentException(
          method + " gives a tuple of " + got + ", identity one of " + dtypes);
    }
    return lanes;
  }
}
