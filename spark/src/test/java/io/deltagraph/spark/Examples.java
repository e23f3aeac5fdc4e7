package io.deltagraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Value;
import io.deltagraph.models.Model;
import io.deltagraph.models.ModelBuilder;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingResult;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** A model with everything that a model may have, and rows for it. */
final class Examples {
  static final int ROWS = 120;
  static final int SHARDS = 13;

  private Examples() {}

  static Model net() {
    ModelBuilder net = new ModelBuilder(OpRegistry.load(), DType.F32, Seeds.of(5));
    Value x = net.input("X", 4);
    Value hidden = net.dropout(net.batchNormalisation(net.dense(x, 6, "tanh")), 0.2);
    Value y = net.dense(hidden, 1, "sigmoid");
    Value error = y.minus(net.target("T", 1));
    return net.minimising(error.times(error).sum().over(x.elementCount(List.of(0))), y);
  }

  static Trainer trainer(Model model) {
    return Trainer.of(model).optimizer(new Adam(0.01)).epochs(3).batch(8).seed(9).validation(0.1);
  }

  /** Each row twice, to have some that hold the same. */
  static List<double[]> rows() {
    RandomStream random = Seeds.of(3).stream();
    List<double[]> rows = new ArrayList<>();
    while (rows.size() < ROWS) {
      double[] row = new double[5];
      for (int j = 0; j < 4; j++) {
        row[j] = random.nextGaussian();
      }
      row[4] = row[0] > 0.3 * row[1] ? 1 : 0;
      rows.add(row);
      rows.add(row.clone());
    }
    return rows;
  }

  static Samples samples() {
    List<double[]> rows = rows();
    return new Samples(
        Tensor.generate(TensorType.of(DType.F32, ROWS, 4), i -> rows.get(i / 4)[i % 4]),
        Tensor.generate(TensorType.of(DType.F32, ROWS, 1), i -> rows.get(i)[4]));
  }

  static void assertSameBits(TrainingResult one, TrainingResult other) {
    assertThat(one.history()).isEqualTo(other.history());
    assertThat(one.parameters().keySet()).isEqualTo(other.parameters().keySet());
    one.parameters()
        .forEach((name, tensor) ->
            assertThat(tensor.bitEquals(other.parameters().get(name))).as(name).isTrue());
  }
}
