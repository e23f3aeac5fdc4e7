package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.type.DType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardCutTest {

  @ParameterizedTest
  @CsvSource({"100,0,7", "100,20,7", "5,2,64", "64,0,64", "1,0,1", "9,8,3"})
  void shardsAreEqualButForOneRow(long rows, long heldOut, int shards) {
    ShardCut cut = new ShardCut(rows, heldOut, shards);
    long[] trained = new long[shards];
    long[] held = new long[shards];
    int before = 0;
    for (long place = 0; place < rows; place++) {
      int shard = cut.shardOf(place);
      (cut.isHeldOut(place) ? held : trained)[shard]++;
      assertThat(place == heldOut || shard >= before).isTrue();
      before = shard;
    }
    assertEven(trained, rows - heldOut);
    assertEven(held, heldOut);
    long most = Arrays.stream(trained).max().orElseThrow();
    assertThat(cut.steps(2)).isEqualTo((int) Math.ceil(most / 2.0));
  }

  private static void assertEven(long[] counts, long sum) {
    assertThat(Arrays.stream(counts).sum()).isEqualTo(sum);
    assertThat(Arrays.stream(counts).max().orElseThrow())
        .isLessThanOrEqualTo(Arrays.stream(counts).min().orElseThrow() + 1);
  }

  @Test
  void rowsAreTakenAsTheModelTakesThem() {
    RowForm form =
        new RowForm(
            List.of(
                new RowForm.Part("X", DType.F32, List.of(2)),
                new RowForm.Part("T", DType.I32, List.of())));
    assertThat(form.canonical(new double[] {0.1, 1e-50, 2})).containsExactly(0.1f, 0, 2);
    assertThatThrownBy(() -> form.canonical(new double[] {1, 2})).hasMessageContaining("got 2");
    assertThatThrownBy(() -> form.canonical(new double[] {1, 2, 2.5}))
        .hasMessageContaining("'T' takes whole numbers, got 2.5");
    assertThatThrownBy(() -> new ShardCut(3, 3, 1)).hasMessageContaining("no rows to train on");
  }
}
