package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomUniformTest implements OpContract {
  @Override
  public Op<?> op() {
    return new RandomUniform();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]", "i64[]").sampling(1, Sampler.classes(1000)),
        Case.of("[]", "i32[]").sampling(1, Sampler.classes(1000)),
        Case.of("[N, 2]", "i64[]").sampling(1, Sampler.classes(1000)),
        Case.of("[0, 2]", "i64[]").sampling(1, Sampler.classes(1000)),
        Case.of("[2, 3, 4]", "i64[]").sampling(1, Sampler.classes(1000)));
  }

  /** The JDK's SplittableRandom is SplitMix64 too. */
  @Test
  void drawsWhatSplitMixDraws() {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      for (long seed : new long[] {0, 1, 2, 1L << 40}) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong());
        Tensor drawn =
            value(
                x -> RandomUniform.of(x[0], x[1]),
                Tensor.zeros(TensorType.of(dtype, 4, 5)),
                Tensor.longs(seed).reshape());
        assertThat(drawn.type()).isEqualTo(TensorType.of(dtype, 4, 5));
        for (int i = 0; i < 20; i++) {
          assertThat(drawn.get(i)).isEqualTo((random.nextLong() >>> 40) / 16777216.0);
        }
      }
    }
  }

  @Test
  void refusesSeveralSeeds() {
    assertThat(refusal(x -> RandomUniform.of(x[0], x[1]), "f64[2]", "i64[2]"))
        .isEqualTo("random_uniform cannot take f64[2] and i64[2]: the seed is one number.");
  }
}
