package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Backend;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole training steps on vectors that are narrower than this machine's, bit for bit. */
class NarrowVectorsTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void netsAgree(int bytes) throws IOException, InterruptedException {
    String output = ChildProcess.output(BothBackends.class, List.of("-XX:MaxVectorSize=" + bytes));
    assertThat(output.lines())
        .contains("F32 in vectors of " + bytes / Float.BYTES + ": 13 nets agree")
        .contains("F64 in vectors of " + bytes / Double.BYTES + ": 13 nets agree");
  }

  /** Trains nets on vectors and on plain loops. */
  static final class BothBackends {
    private BothBackends() {}

    /** Prints how many nets have the same bits on both. */
    public static void main(String[] args) {
      for (DType dtype : List.of(DType.F32, DType.F64)) {
        Net large = Net.of(dtype, 130, List.of(300, 140, 20), "relu", new SplittableRandom(1));
        int agree = agrees(large) ? 1 : 0;
        for (int seed = 0; seed < 12; seed++) {
          agree += agrees(Net.random(dtype, new SplittableRandom(seed))) ? 1 : 0;
        }
        int lanes = VectorCode.lanes(dtype);
        IO.println("%s in vectors of %d: %d nets agree".formatted(dtype.name(), lanes, agree));
      }
    }

    private static boolean agrees(Net net) {
      return net.trained(new SimdBackend(), 2, 3).equals(net.trained(Backend.reference(), 1, 3));
    }
  }
}
