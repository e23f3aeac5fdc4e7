package io.deltagraph.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The shuffles and masks of a transposition, as constants for the compiler: the shuffle exchanges
 * lanes at a distance, the masks tell which lanes are the upper ones of a pair and which the lower.
 */
final class Exchanges {
  static final VectorShuffle<Float> F32_1 = exchange(FloatVector.SPECIES_PREFERRED, 1);
  static final VectorShuffle<Float> F32_2 = exchange(FloatVector.SPECIES_PREFERRED, 2);
  static final VectorShuffle<Float> F32_4 = exchange(FloatVector.SPECIES_PREFERRED, 4);
  static final VectorShuffle<Float> F32_8 = exchange(FloatVector.SPECIES_PREFERRED, 8);
  static final VectorMask<Float> F32_ODD_1 = odd(FloatVector.SPECIES_PREFERRED, 1);
  static final VectorMask<Float> F32_ODD_2 = odd(FloatVector.SPECIES_PREFERRED, 2);
  static final VectorMask<Float> F32_ODD_4 = odd(FloatVector.SPECIES_PREFERRED, 4);
  static final VectorMask<Float> F32_ODD_8 = odd(FloatVector.SPECIES_PREFERRED, 8);
  static final VectorMask<Float> F32_EVEN_1 = F32_ODD_1.not();
  static final VectorMask<Float> F32_EVEN_2 = F32_ODD_2.not();
  static final VectorMask<Float> F32_EVEN_4 = F32_ODD_4.not();
  static final VectorMask<Float> F32_EVEN_8 = F32_ODD_8.not();
  static final VectorShuffle<Double> F64_1 = exchange(DoubleVector.SPECIES_PREFERRED, 1);
  static final VectorShuffle<Double> F64_2 = exchange(DoubleVector.SPECIES_PREFERRED, 2);
  static final VectorShuffle<Double> F64_4 = exchange(DoubleVector.SPECIES_PREFERRED, 4);
  static final VectorMask<Double> F64_ODD_1 = odd(DoubleVector.SPECIES_PREFERRED, 1);
  static final VectorMask<Double> F64_ODD_2 = odd(DoubleVector.SPECIES_PREFERRED, 2);
  static final VectorMask<Double> F64_ODD_4 = odd(DoubleVector.SPECIES_PREFERRED, 4);
  static final VectorMask<Double> F64_EVEN_1 = F64_ODD_1.not();
  static final VectorMask<Double> F64_EVEN_2 = F64_ODD_2.not();
  static final VectorMask<Double> F64_EVEN_4 = F64_ODD_4.not();

  private Exchanges() {}

  private static <E> VectorShuffle<E> exchange(VectorSpecies<E> species, int distance) {
    return VectorShuffle.fromOp(species, lane -> (lane ^ distance) % species.length());
  }

  private static <E> VectorMask<E> odd(VectorSpecies<E> species, int distance) {
    boolean[] odd = new boolean[species.length()];
    for (int lane = 0; lane < odd.length; lane++) {
      odd[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(species, odd, 0);
  }
}
