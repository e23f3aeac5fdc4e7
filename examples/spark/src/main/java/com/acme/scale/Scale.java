package com.acme.scale;

import io.deltagraph.losses.SparseSoftmaxCrossEntropy;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.spark.SparkTrainer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.ShardedTrainer;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingResult;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains a regression and a net on a table, on the cluster and on one machine, and compares bits. */
public final class Scale {
  private static final int FEATURES = 20;
  private static final int CLASSES = 2;

  /** Takes the number of the class. */
  private static final OpChoice LOSS = OpChoice.of(SparseSoftmaxCrossEntropy.ID);

  private Scale() {}

  /** Arguments: the number of rows, and a folder for the table. */
  public static void main(String[] arguments) throws IOException {
    long rows = Long.parseLong(arguments[0]);
    String path = arguments[1];
    try (SparkSession spark = SparkSession.builder().appName("scale").getOrCreate()) {
      Table.write(spark, rows, FEATURES, CLASSES, path);
      Dataset<Row> table = spark.read().parquet(path);
      train("logistic regression", regression(), table);
      train("net of 20-32-2", net(), table);
    }
  }

  private static NetworkPlan regression() {
    return NetworkPlan.softmaxRegression(FEATURES, CLASSES, DType.F32).costing(LOSS, 0, 0);
  }

  private static NetworkPlan net() {
    NetworkPlan line = regression();
    LayerPlan hidden = new LayerPlan(32, OpChoice.of("tanh"), new Initialiser.Glorot());
    List<LayerPlan> layers = List.of(hidden, line.layers().getFirst());
    return new NetworkPlan(FEATURES, layers, false, LOSS, 0, 0, DType.F32)
        .initialised(new Initialiser.Glorot());
  }

  private static void train(String name, NetworkPlan plan, Dataset<Row> table) {
    Model model = Network.build(plan, OpRegistry.load(), Seeds.of(1)).model();
    Trainer trainer =
        Trainer.of(model).optimizer(new Adam(0.01)).epochs(5).batch(64).validation(0.1).seed(3);

    long start = System.nanoTime();
    TrainingResult cluster =
        SparkTrainer.of(model, trainer)
            .shards(16)
            .columns("X", "x")
            .columns("T", "y")
            .listener(step -> step.straggler().ifPresent(late -> System.out.println(
                "  late: executor " + late.worker() + " in step " + step.number())))
            .fit(table);
    double seconds = (System.nanoTime() - start) * 1e-9;

    // What fits into memory can be trained here as well: the same shards give the same bits.
    TrainingResult here = ShardedTrainer.of(trainer).shards(16).fit(samples(table));
    boolean same =
        here.parameters().entrySet().stream()
            .allMatch(one -> one.getValue().bitEquals(cluster.parameters().get(one.getKey())));
    System.out.printf(
        "%s: held-out loss %.4f after %d epochs in %.1f s; one machine has %s%n",
        name,
        cluster.history().getLast().validation().orElseThrow(),
        cluster.epochs(),
        seconds,
        same ? "the same bits" : "OTHER BITS");
    if (!same) {
      throw new IllegalStateException(name + " has other bits on one machine");
    }
  }

  private static Samples samples(Dataset<Row> table) {
    List<Row> rows = table.collectAsList();
    return new Samples(
        Tensor.generate(
            TensorType.of(DType.F32, rows.size(), FEATURES),
            i -> rows.get(i / FEATURES).<Float>getList(0).get(i % FEATURES)),
        Tensor.indices(rows.stream().mapToInt(row -> row.getInt(1)).toArray()));
  }
}
