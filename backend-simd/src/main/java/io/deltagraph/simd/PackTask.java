package io.deltagraph.simd;

import io.deltagraph.backend.Task;
import io.deltagraph.tensor.TensorBuffer;
import java.util.Collections;
import java.util.Optional;

/** Packs all panels of an operand; a unit is a range of the terms of a few panels. */
final class PackTask implements Task {
  /** The terms of a unit; a multiple of every vector's number of lanes. */
  private static final int UNIT_TERMS = 256;

  private final OperandPlaces places;
  private final TensorBuffer source;
  private final PanelPacker packer;

  PackTask(OperandPlaces places, TensorBuffer source, TensorBuffer target, TaskContext context) {
    this.places = places;
    this.source = source;
    packer =
        new PanelPacker(
            places,
            source,
            Collections.nCopies(context.memory().workers(), target),
            context.kernels());
  }

  private int groups() {
    return Math.ceilDiv(places.panels(), places.panelsAtOnce());
  }

  private int ranges() {
    return Math.ceilDiv(places.terms(), UNIT_TERMS);
  }

  @Override
  public int units() {
    return places.matrices() * groups() * ranges();
  }

  @Override
  public Optional<TensorBuffer> arranges() {
    return Optional.of(source);
  }

  @Override
  public long cost() {
    return (long) places.matrices() * places.terms() * places.lines() / 2;
  }

  @Override
  public void run(int from, int to, int worker) {
    for (int unit = from; unit < to; unit++) {
      int term = unit % ranges() * UNIT_TERMS;
      int panel = unit / ranges() % groups() * places.panelsAtOnce();
      int matrix = unit / ranges() / groups();
      packer.pack(matrix, panel, term, Math.min(UNIT_TERMS, places.terms() - term), worker);
    }
  }
}
