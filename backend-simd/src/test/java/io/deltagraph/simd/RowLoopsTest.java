package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.backend.SharedRows;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The same bits as sums taken one by one. */
class RowLoopsTest {
  private static final RowProduct LOOPS = new RowLoops();

  @RepeatedTest(60)
  void addsAsOneByOne(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int count = random.nextInt(0, 200);
    int terms = random.nextInt(0, 20);
    int stride = count + random.nextInt(0, 5);
    int a = random.nextInt(0, 4);
    int b = random.nextInt(0, 4);
    int at = random.nextInt(0, 4);
    double[] x = random.doubles(a + terms, -1, 1).toArray();
    double[] y = random.doubles(b + terms * stride + count, -1e3, 1e3).toArray();
    double[] to = random.doubles(at + count + 3, -1, 1).toArray();
    double[] expected = to.clone();
    float[] floatsX = floats(x);
    float[] floatsY = floats(y);
    float[] floatsTo = floats(to);
    float[] floatsExpected = floatsTo.clone();
    for (int k = 0; k < terms; k++) {
      for (int j = 0; j < count; j++) {
        int place = b + k * stride + j;
        expected[at + j] = Math.fma(x[a + k], y[place], expected[at + j]);
        floatsExpected[at + j] = Math.fma(floatsX[a + k], floatsY[place], floatsExpected[at + j]);
      }
    }
    LOOPS.add(x, a, y, b, stride, terms, to, at, count);
    LOOPS.add(floatsX, a, floatsY, b, stride, terms, floatsTo, at, count);
    assertThat(to).as("%d columns, %d terms", count, terms).isEqualTo(expected);
    assertThat(floatsTo).as("%d columns, %d terms", count, terms).isEqualTo(floatsExpected);
  }

  @Test
  void areOffered() {
    assertThat(new SimdBackend().rows())
        .get()
        .extracting(SharedRows::loop)
        .isInstanceOf(RowLoops.class);
    assertThat(Backend.reference().rows())
        .get()
        .extracting(SharedRows::loop)
        .isNotInstanceOf(RowLoops.class);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
