package com.acme.scale;

import static org.apache.spark.sql.functions.col;

import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.spark.SparkTrainer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How long it takes to come to a loss on rows that are held out: that of Spark's own MLlib after so
 * many iterations, to a thousandth of it.
 */
final class Comparison {
  private static final int FEATURES = 50;
  private static final int CLASSES = 5;
  private static final int HIDDEN = 64;
  private static final int SHARDS = 8;
  private static final double NEAR = 1.001;

  private final Dataset<Row> training;
  private final Dataset<Row> held;

  private Comparison(Dataset<Row> training, Dataset<Row> held) {
    this.training = training;
    this.held = held;
  }

  /**
   * Prints both times for a regression and for a net.
   *
   * @param most iterations of MLlib's net
   */
  static void run(SparkSession spark, long rows, int most, String folder) {
    String path = folder + "/compared";
    Table.write(spark, rows, FEATURES, CLASSES, path);
    Dataset<Row> table =
        spark
            .read()
            .parquet(path)
            .withColumn("features", functions.array_to_vector(col("x").cast("array<double>")))
            .withColumnRenamed("y", "label");
    Dataset<Row>[] parts = table.randomSplit(new double[] {0.9, 0.1}, 5);
    Comparison compared =
        new Comparison(parts[0].repartition(2).cache(), parts[1].coalesce(1).cache());
    System.out.printf(
        "%d rows, %d held out, 2 executors, seconds to a loss on them:%n",
        compared.training.count(), compared.held.count());
    // MLlib's regression is given the fewest iterations that come near its best.
    double best = compared.theirs(regression(200)).loss();
    for (int iterations : new int[] {5, 10, 20, 40, 80, 200}) {
      Reached some = compared.theirs(regression(iterations));
      if (some.loss() <= NEAR * best) {
        compared.ours("logistic regression, " + iterations + " iterations", some, 0);
        break;
      }
    }
    String layers = FEATURES + "-" + HIDDEN + "-" + CLASSES;
    Reached net =
        compared.theirs(
            new MultilayerPerceptronClassifier()
                .setLayers(new int[] {FEATURES, HIDDEN, CLASSES})
                .setMaxIter(most)
                .setSeed(1));
    compared.ours(layers + ", " + most + " iterations", net, HIDDEN);
  }

  private static LogisticRegression regression(int iterations) {
    return new LogisticRegression().setMaxIter(iterations).setTol(0);
  }

  /** What was reached, and in how many seconds. */
  private record Reached(double loss, double seconds) {}

  private Reached theirs(
      ProbabilisticClassifier<
              Vector, ?, ? extends ProbabilisticClassificationModel<Vector, ?>>
          classifier) {
    long start = System.nanoTime();
    ProbabilisticClassificationModel<Vector, ?> fitted = classifier.fit(training);
    double seconds = 1e-9 * (System.nanoTime() - start);
    List<Row> said = fitted.transform(held).select("label", "probability").collectAsList();
    double loss = 0;
    for (Row row : said) {
      loss -= Math.log(row.<Vector>getAs(1).apply(row.getInt(0))) / said.size();
    }
    return new Reached(loss, seconds);
  }

  private void ours(String name, Reached theirs, int hidden) {
    Model model =
        Network.build(Measure.net(FEATURES, hidden, CLASSES), OpRegistry.load(), Seeds.of(1))
            .model();
    Until until = new Until(model, samples(held), NEAR * theirs.loss());
    Trainer trainer =
        Trainer.of(model).optimizer(new Adam(0.01)).epochs(200).batch(128).listener(until);
    long start = System.nanoTime();
    // As many local steps as there are in an epoch: the parameters are averaged once in each.
    SparkTrainer.of(model, trainer)
        .shards(SHARDS)
        .localSteps(100)
        .tasks(2)
        .columns("X", "x")
        .columns("T", "label")
        .fit(training);
    double ours = 1e-9 * (System.nanoTime() - start) - until.spent;
    System.out.printf(
        "  %s: MLlib %.1f to %.4f; here %.1f to %.4f, %d epochs: %.1f times as fast%n",
        name, theirs.seconds(), theirs.loss(), ours, until.loss, until.epochs,
        theirs.seconds() / ours);
  }

  private static Samples samples(Dataset<Row> rows) {
    List<Row> all = rows.select("x", "label").collectAsList();
    return new Samples(
        Tensor.generate(
            TensorType.of(DType.F32, all.size(), FEATURES),
            i -> all.get(i / FEATURES).<Float>getList(0).get(i % FEATURES)),
        Tensor.indices(all.stream().mapToInt(row -> row.getInt(1)).toArray()));
  }

  /** Ends training at a loss on rows that are held out; looking at them is not timed. */
  private static final class Until implements TrainingListener {
    private final Model model;
    private final Samples held;
    private final double bound;
    private double loss = Double.POSITIVE_INFINITY;
    private double spent;
    private int epochs;

    Until(Model model, Samples held, double bound) {
      this.model = model;
      this.held = held;
      this.bound = bound;
    }

    @Override
    public void epochEnded(int epoch, double training, Supplier<Map<String, Tensor>> parameters) {
      long start = System.nanoTime();
      try (Session session = Session.open(model.evaluation())) {
        session.setAll(parameters.get());
        loss = session.run(held.tensors()).get(Network.LOSS).item();
      }
      epochs = epoch;
      spent += 1e-9 * (System.nanoTime() - start);
    }

    @Override
    public boolean hasEnough() {
      return loss <= bound;
    }
  }
}
