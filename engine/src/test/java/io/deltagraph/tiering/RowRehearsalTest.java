package io.deltagraph.tiering;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.RowProduct;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An inner loop is taken once it is compiled and beats the plain one. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RowRehearsalTest {
  private static final long PATIENCE = 100_000_000;
  private static final RowProduct PLAIN = Backend.reference().rows().orElseThrow().loop();

  /** Does nothing but what it is asked to beside. */
  private record Idle(Runnable beside) implements RowProduct {
    @Override
    public void add(
        double[] x, int a, double[] y, int b, int stride, int terms, double[] to, int at, int n) {
      beside.run();
    }

    @Override
    public void add(
        float[] x, int a, float[] y, int b, int stride, int terms, float[] to, int at, int n) {
      beside.run();
    }
  }

  private static boolean getsFast(DType dtype, Runnable beside) {
    return new RowRehearsal(dtype).getsFast(new Idle(beside), PLAIN, PATIENCE);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void whatTakesNoTimeIsFast(DType dtype) {
    assertThat(getsFast(dtype, () -> {})).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void whatAllocatesIsNotCompiledWell(DType dtype) {
    List<int[]> kept = new ArrayList<>();
    assertThat(
            getsFast(
                dtype,
                () -> {
                  kept.add(new int[2]);
                  if (kept.size() > 1_000) {
                    kept.clear();
                  }
                }))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void whatIsSlowerThanThePlainLoopIsNotTaken(DType dtype) {
    long[] spent = {0};
    assertThat(
            getsFast(
                dtype,
                () -> {
                  long end = System.nanoTime() + 1_000_000;
                  while (System.nanoTime() < end) {
                    spent[0]++;
                  }
                }))
        .isFalse();
    assertThat(spent[0]).isPositive();
  }
}
