package io.deltagraph.testkit;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Reduction;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A reduction in exact numbers, one element after another. */
final class ExactFold {
  private final Lanes identity;
  private final Lanes prepared;
  private final Lanes combined;
  private final Lane finished;

  /** The fold of elements of a dtype to one of its outputs. */
  ExactFold(Reduction<Record> op, Record attributes, DType dtype, int output) {
    identity = op.identity(attributes, Lane.input(0, dtype));
    int width = identity.size();
    prepared = op.prepare(attributes, Lane.input(0, dtype), Lane.input(1, DType.I64));
    combined = op.combine(attributes, tuple(0), tuple(width));
    finished = op.finishAll(attributes, tuple(0), Lane.input(width, dtype)).get(output);
  }

  private Lanes tuple(int from) {
    return new Lanes(
        IntStream.range(0, identity.size())
            .mapToObj(i -> Lane.input(from + i, identity.get(i).dtype()))
            .toList());
  }

  /** The result for a whole run. */
  Varied of(List<Varied> run) {
    List<Varied> total = compute(identity, List.of(Varied.of(0)));
    for (int i = 0; i < run.size(); i++) {
      List<Varied> both = new ArrayList<>(total);
      both.addAll(compute(prepared, List.of(run.get(i), Varied.of(i))));
      total = compute(combined, both);
    }
    List<Varied> all = new ArrayList<>(total);
    all.add(Varied.of(run.size()));
    return new ExactLane(all).of(finished);
  }

  private List<Varied> compute(Lanes lanes, List<Varied> inputs) {
    return new ExactLane(inputs).of(lanes);
  }
}
