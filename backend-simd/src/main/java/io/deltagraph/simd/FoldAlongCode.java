package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;
import java.util.List;

/**
 * Writes a unit of a fold along one result: each lane is an accumulator. All accumulators stay in
 * registers, as one or more vectors.
 */
final class FoldAlongCode {
  private final FoldKernel kernel;
  private final FoldCode fold;
  private final VectorCode code;
  private final CodeBuilder b;
  private final int lanes;
  private final int accumulators;

  FoldAlongCode(FoldKernel kernel, FoldCode fold) {
    this.kernel = kernel;
    this.fold = fold;
    code = fold.code();
    b = code.code();
    lanes = VectorCode.lanes(kernel.dtype());
    accumulators = kernel.accumulators();
  }

  void write() {
    int count = kernel.block().count();
    int rest = count % accumulators;
    int[][] vectors = fold.newTuples(accumulators / lanes);
    List<Cursor> inputs = fold.newInputCursors();
    if (count >= accumulators) {
      code.loop(
          code.newInt(),
          count / accumulators,
          1,
          () -> {
            for (int v = 0; v < vectors.length; v++) {
              var from = new FoldCode.VectorElements(inputs, v * lanes, 0);
              fold.take(vectors[v], vectors[v], from, VectorCode.ALL_LANES);
            }
            fold.advance(inputs, accumulators);
          });
    }
    for (int v = 0; v < vectors.length && v * lanes < rest; v++) {
      takeRest(vectors[v], new FoldCode.VectorElements(inputs, v * lanes, 0), rest - v * lanes);
    }
    for (int half = vectors.length / 2; half > 0; half /= 2) {
      for (int v = 0; v < half; v++) {
        fold.combine(vectors[v], vectors[v + half]);
      }
    }
    combineLanes(vectors[0]);
    fold.storeTotals(vectors[0], 0, code.mask(1));
  }

  /** Takes the last elements, of which there may be fewer than lanes: the other lanes stay. */
  private void takeRest(int[] vector, FoldCode.VectorElements from, int elements) {
    int mask = code.mask(elements);
    if (mask == VectorCode.ALL_LANES) {
      fold.take(vector, vector, from, mask);
      return;
    }
    int[] taken = fold.newTuple();
    fold.take(taken, vector, from, mask);
    for (int t = 0; t < vector.length; t++) {
      b.aload(vector[t]);
      code.castToSpecies();
      b.aload(taken[t]).aload(mask);
      code.blend();
      b.astore(vector[t]);
    }
  }

  /**
   * Combines the lanes of a vector by halves into lane 0. The upper half is moved down in registers
   * and not through memory, where a load has to wait if it is wider than the store just before it.
   */
  private void combineLanes(int[] vector) {
    int[] upper = fold.newTuple();
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int t = 0; t < vector.length; t++) {
        code.bits().exchange(half, true, vector[t], vector[t]);
        b.astore(upper[t]);
      }
      fold.combine(vector, upper);
    }
  }
}
