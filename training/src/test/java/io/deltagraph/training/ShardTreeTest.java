package io.deltagraph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTreeTest {
  private static final String NAME = "x";

  private static ShardSum leaf(float value) {
    ShardSum sum = new ShardSum();
    sum.add(1, 0);
    sum.put(NAME, PackedTensor.of(Tensor.floats(value)));
    return sum;
  }

  /**
   * The same tree by recursion, over shards from one to before another, as wide as a power of 2.
   */
  private static float expected(float[] values, int from, int width) {
    if (width == 1) {
      return values[from];
    }
    int half = width / 2;
    float left = expected(values, from, half);
    return from + half < values.length ? left + expected(values, from + half, half) : left;
  }

  @Test
  void whoeverAddsWhatTheSumIsThatOfTheTree() {
    for (int seed = 1; seed <= 200; seed++) {
      RandomStream random = Seeds.of(seed).stream();
      float[] values = new float[1 + random.nextInt(40)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9)));
      }
      int workers = 1 + random.nextInt(6);
      List<ShardTree> trees =
          IntStream.range(0, workers).mapToObj(i -> new ShardTree(values.length)).toList();
      for (int shard : random.permutation(values.length)) {
        trees.get(random.nextInt(workers)).add(shard, leaf(values[shard]));
      }
      List<ShardTree.Part> parts = new ArrayList<>();
      trees.forEach(tree -> parts.addAll(tree.parts()));
      ShardTree all = new ShardTree(values.length);
      for (int part : random.permutation(parts.size())) {
        all.add(parts.get(part));
      }
      int width = Integer.highestOneBit(Math.max(1, 2 * values.length - 1));
      float mean = (float) (expected(values, 0, width) / (double) values.length);
      assertThat(all.total().means().get(NAME).get(0))
          .as("seed %s, %s", seed, Arrays.toString(values))
          .isEqualTo(mean);
    }
  }

  @Test
  void neighboursAreAddedWhereTheyMeet() {
    ShardTree tree = new ShardTree(64);
    for (int shard = 32; shard < 64; shard++) {
      tree.add(shard, leaf(1));
    }
    assertThat(tree.parts()).hasSize(1);
    assertThat(tree.parts().getFirst().level()).isEqualTo(5);
    assertThatThrownBy(tree::total).hasMessageContaining("some have not come");
    assertThatThrownBy(
            () -> {
              ShardTree twice = new ShardTree(4);
              twice.add(1, leaf(1));
              twice.add(1, leaf(1));
            })
        .hasMessageContaining("added once");
  }
}
