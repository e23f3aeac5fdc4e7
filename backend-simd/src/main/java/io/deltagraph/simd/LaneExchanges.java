package io.deltagraph.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * How one stage of a transposition moves the lanes of two vectors and puts them together. They are
 * static finals, so that the compiler sees constants.
 *
 * <p>A square of numbers, one row a vector, is transposed in stages, of which each has a {@code
 * distance}: 1, 2, 4 and so on. A stage takes two rows that lie {@code distance} apart and makes
 * two vectors of them. The low one takes of both rows the lanes whose number lacks the bit {@code
 * distance}: those of the first row stay, those of the second one move up by {@code distance}
 * lanes. The high one takes the lanes that have the bit: those of the first row move down, those of
 * the second one stay. {@code SWAP} moves lanes up and down at once, {@code ODD} are the lanes
 * whose number has the bit.
 */
final class LaneExchanges {
  static final VectorShuffle<Float> F32_SWAP_1 = swap(FloatVector.SPECIES_PREFERRED, 1);
  static final VectorShuffle<Float> F32_SWAP_2 = swap(FloatVector.SPECIES_PREFERRED, 2);
  static final VectorShuffle<Float> F32_SWAP_4 = swap(FloatVector.SPECIES_PREFERRED, 4);
  static final VectorShuffle<Float> F32_SWAP_8 = swap(FloatVector.SPECIES_PREFERRED, 8);
  static final VectorMask<Float> F32_ODD_1 = odd(FloatVector.SPECIES_PREFERRED, 1);
  static final VectorMask<Float> F32_ODD_2 = odd(FloatVector.SPECIES_PREFERRED, 2);
  static final VectorMask<Float> F32_ODD_4 = odd(FloatVector.SPECIES_PREFERRED, 4);
  static final VectorMask<Float> F32_ODD_8 = odd(FloatVector.SPECIES_PREFERRED, 8);
  static final VectorShuffle<Double> F64_SWAP_1 = swap(DoubleVector.SPECIES_PREFERRED, 1);
  static final VectorShuffle<Double> F64_SWAP_2 = swap(DoubleVector.SPECIES_PREFERRED, 2);
  static final VectorShuffle<Double> F64_SWAP_4 = swap(DoubleVector.SPECIES_PREFERRED, 4);
  static final VectorMask<Double> F64_ODD_1 = odd(DoubleVector.SPECIES_PREFERRED, 1);
  static final VectorMask<Double> F64_ODD_2 = odd(DoubleVector.SPECIES_PREFERRED, 2);
  static final VectorMask<Double> F64_ODD_4 = odd(DoubleVector.SPECIES_PREFERRED, 4);

  private LaneExchanges() {}

  /** Every lane from the one whose number differs in the bit; modulo the lanes of short vectors. */
  private static <E> VectorShuffle<E> swap(VectorSpecies<E> species, int distance) {
    return VectorShuffle.fromOp(species, lane -> (lane ^ distance) % species.length());
  }

  private static <E> VectorMask<E> odd(VectorSpecies<E> species, int distance) {
    boolean[] bits = new boolean[species.length()];
    for (int lane = 0; lane < bits.length; lane++) {
      bits[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(species, bits, 0);
  }
}
