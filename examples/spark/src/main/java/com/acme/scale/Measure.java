package com.acme.scale;

import io.deltagraph.losses.SparseSoftmaxCrossEntropy;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Model;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.spark.SparkTrainer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.ShardedTrainer;
import io.deltagraph.training.Trainer;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The figures of docs/spark.md, each with both sides in one run. */
public final class Measure {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;
  private static final int TIMED = 10;
  private static final double MEGABYTE = 1e6;

  private Measure() {}

  /**
   * A training that is timed.
   *
   * @param hidden neurons of the layer in the middle
   * @param batch rows of each shard a step
   */
  private record Job(int features, int hidden, int shards, int batch, int tasks) {
    int rows() {
      return shards * batch;
    }

    long parameters() {
      return (features + 1L) * hidden + (hidden + 1L) * CLASSES;
    }

    Model model() {
      return Network.build(net(features, hidden, CLASSES), OpRegistry.load(), Seeds.of(1)).model();
    }
  }

  /** Arguments: a folder for tables, and {@code small} for a try of a minute. */
  public static void main(String[] arguments) throws IOException {
    boolean isSmall = arguments.length > 1 && arguments[1].equals("small");
    Job job = new Job(PIXELS, isSmall ? 64 : 512, isSmall ? 8 : 64, isSmall ? 64 : 512, 2);
    System.out.printf(
        "%d-%d-%d, %d shards of %d rows a step, seconds a step (the median of %d):%n",
        job.features(), job.hidden(), CLASSES, job.shards(), job.batch(), TIMED);
    StepTimes two = onCluster(2, job);
    print("2 executors", two, 2);
    StepTimes one = onCluster(1, new Job(PIXELS, job.hidden(), job.shards(), job.batch(), 1));
    print("1 executor", one, 1);
    StepTimes here = inMemory(job);
    print("in memory", here, 1);
    System.out.printf("  2 executors against 1: %.2f times%n", one.median() / two.median());
    System.out.printf(
        "  rows/s of 1 executor against the local trainer: %.2f%n", here.median() / one.median());
    overhead(isSmall ? 200 : 2000);
    try (SparkSession spark = session(2)) {
      Comparison.run(spark, isSmall ? 10_000 : 100_000, isSmall ? 10 : 100, arguments[0]);
    }
  }

  private static void print(String name, StepTimes times, int cores) {
    System.out.printf(
        "  %s: %.4f, of which %.4f outside of tasks; the driver keeps %.1f MB more than before%n",
        name, times.median(), times.outside(cores), times.kept() / MEGABYTE);
  }

  /** What a step costs beside its rows: of a net of almost no parameters, and of a large one. */
  private static void overhead(int width) throws IOException {
    System.out.println("seconds a step of 8 rows, of which outside of tasks:");
    for (Job job : List.of(
        new Job(10, 10, 8, 1, 2),
        new Job(width, width, 8, 1, 1),
        new Job(width, width, 8, 1, 2),
        new Job(width, width, 8, 1, 4),
        new Job(width, width, 8, 1, 8))) {
      StepTimes times = onCluster(2, job);
      System.out.printf(
          "  %d parameters, %d tasks: %.4f, %.4f%n",
          job.parameters(), job.tasks(), times.median(), times.outside(Math.min(2, job.tasks())));
    }
  }

  private static SparkSession session(int cores) {
    SparkSession spark =
        SparkSession.builder().appName("measure").config("spark.cores.max", cores).getOrCreate();
    while (spark.sparkContext().statusTracker().getExecutorInfos().length < cores + 1) {
      Thread.onSpinWait();
    }
    return spark;
  }

  static NetworkPlan net(int features, int hidden, int classes) {
    OpChoice loss = OpChoice.of(SparseSoftmaxCrossEntropy.ID);
    LayerPlan last =
        NetworkPlan.softmaxRegression(features, classes, DType.F32).layers().getFirst();
    List<LayerPlan> layers =
        hidden == 0
            ? List.of(last)
            : List.of(
                new LayerPlan(hidden, OpChoice.of("sigmoid"), new Initialiser.Glorot()), last);
    return new NetworkPlan(features, layers, false, loss, 0, 0, DType.F32)
        .initialised(new Initialiser.Glorot());
  }

  private static Trainer trainer(Model model, Job job) {
    return Trainer.of(model)
        .optimizer(new Adam(0.001))
        .epochs(StepTimes.WARMING + TIMED)
        .batch(job.batch());
  }

  private static double[] row(long number, int features) {
    RandomStream random = Seeds.of(7).derive("row", number).stream();
    double[] row = new double[features + 1];
    for (int j = 0; j < features; j++) {
      row[j] = (float) random.nextDouble();
    }
    row[features] = random.nextInt(CLASSES);
    return row;
  }

  private static StepTimes onCluster(int executors, Job job) throws IOException {
    try (SparkSession spark = session(executors)) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Long> numbers = LongStream.range(0, job.rows()).boxed().toList();
      int features = job.features();
      JavaRDD<double[]> rows =
          context.parallelize(numbers, 8).map(number -> row(number, features));
      Model model = job.model();
      StepTimes times = new StepTimes();
      SparkTrainer.of(model, trainer(model, job))
          .shards(job.shards())
          .tasks(job.tasks())
          .listener(times)
          .fit(rows);
      return times;
    }
  }

  private static StepTimes inMemory(Job job) {
    int features = job.features();
    double[][] rows = new double[job.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(i, features);
    }
    Samples samples =
        new Samples(
            Tensor.generate(
                TensorType.of(DType.F32, rows.length, features),
                i -> rows[i / features][i % features]),
            Tensor.generate(TensorType.of(DType.I32, rows.length), i -> rows[i][features]));
    StepTimes times = new StepTimes();
    ShardedTrainer.of(trainer(job.model(), job)).shards(job.shards()).listener(times).fit(samples);
    return times;
  }
}
