package io.deltagraph.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.models.Model;
import io.deltagraph.training.CheckpointException;
import io.deltagraph.training.ShardAnswer;
import io.deltagraph.training.ShardListener;
import io.deltagraph.training.ShardedTrainer;
import io.deltagraph.training.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spark in this process; executors of their own are in {@code SparkProcessesTest}. */
class SparkTrainerTest {
  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session = Clusters.local(2);
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static JavaRDD<double[]> rows(int partitions) {
    List<double[]> mixed = new ArrayList<>(Examples.rows());
    Collections.shuffle(mixed, new Random(partitions));
    return spark.parallelize(mixed, partitions);
  }

  private static SparkTrainer trainer() {
    Model model = Examples.net();
    return SparkTrainer.of(model, Examples.trainer(model)).shards(Examples.SHARDS);
  }

  private static TrainingResult here(int localSteps) {
    return ShardedTrainer.of(Examples.trainer(Examples.net()))
        .shards(Examples.SHARDS)
        .localSteps(localSteps)
        .fit(Examples.samples());
  }

  @ParameterizedTest
  @DisplayName("partitions, tasks and threads change no bit")
  @CsvSource({"1,1,1,0", "7,3,2,0", "2,99,1,0", "3,2,1,3"})
  void thePartitionIsOfNoAccount(int partitions, int tasks, int threads, int localSteps) {
    Model model = Examples.net();
    TrainingResult there =
        SparkTrainer.of(model, Examples.trainer(model).threads(threads))
            .shards(Examples.SHARDS)
            .localSteps(localSteps)
            .tasks(tasks)
            .fit(rows(partitions));
    Examples.assertSameBits(here(localSteps), there);
  }

  private static Dataset<Row> table() {
    List<Row> rows = new ArrayList<>();
    for (double[] row : Examples.rows()) {
      rows.add(
          RowFactory.create((float) row[1], row[4] == 1, new double[] {row[2], row[3]}, row[0]));
    }
    StructType type =
        new StructType()
            .add("second", DataTypes.FloatType)
            .add("T", DataTypes.BooleanType)
            .add("others", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("first", DataTypes.DoubleType);
    return session.createDataFrame(rows, type);
  }

  @Test
  void columnsOfAllKindsAreRead() {
    TrainingResult there =
        trainer().columns("X", "first", "second", "others").fit(table().repartition(5));
    Examples.assertSameBits(here(0), there);
  }

  @Test
  void columnsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> trainer().fit(table()))
        .hasMessageContaining("There is no column 'X' for 'X', but [second, T, others, first]");
    assertThatThrownBy(() -> trainer().columns("Y", "first").fit(table()))
        .hasMessageContaining("no target 'Y', but [X, T]");
    assertThatThrownBy(() -> trainer().columns("X", "first", "second").fit(table()))
        .hasStackTraceContaining("A row has 5 numbers");
    assertThatThrownBy(() -> trainer().columns("X", "others", "others", "others").fit(table()))
        .hasStackTraceContaining("more numbers than the 5 that the model takes");
    Dataset<Row> gap = session.sql("select array(1D, 2D, 3D, 4D) as X, cast(null as double) as T");
    assertThatThrownBy(() -> trainer().fit(gap))
        .hasStackTraceContaining("The column 'T' holds nothing, where a number is needed");
    assertThatThrownBy(() -> trainer().fit(rows(2).filter(row -> row[0] > 1e9)))
        .hasMessageContaining("There are no rows to train on");
  }

  @Test
  void resumedTrainingIsToTheBitOneThatWasNotCutOff() {
    Path file = folder.resolve("deeper").resolve("kept.safetensors");
    String uri = file.toUri().toString();
    Model model = Examples.net();
    SparkTrainer.of(model, Examples.trainer(model).epochs(2))
        .shards(Examples.SHARDS)
        .checkpoint(uri)
        .fit(rows(2));
    assertThat(file).exists();
    Examples.assertSameBits(here(0), trainer().resume(uri).fit(rows(3)));
    assertThatThrownBy(() -> trainer().shards(4).resume(file.toString()).fit(rows(3)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("number of shards");
  }

  /** A file system that Spark's jars do not know. */
  private static final class FarFiles extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("far:///");
    }
  }

  /** What Hadoop makes for its URIs. */
  public static final class FarSystem extends DelegateToFileSystem {
    /** As Hadoop wants it. */
    public FarSystem(URI uri, Configuration settings) throws IOException, URISyntaxException {
      super(uri, new FarFiles(), settings, "far", false);
    }
  }

  @Test
  void anyFileSystemOfHadoopKeepsCheckpoints() {
    String uri = "far://" + folder.resolve("far.safetensors");
    Model model = Examples.net();
    SparkTrainer two = SparkTrainer.of(model, Examples.trainer(model).epochs(2));
    assertThatThrownBy(() -> two.checkpoint(uri).fit(rows(2)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(uri + ": ");
    spark.hadoopConfiguration().set("fs.AbstractFileSystem.far.impl", FarSystem.class.getName());
    two.shards(Examples.SHARDS).checkpoint(uri).fit(rows(2));
    // Its own file system keeps no sums beside files, as that of "file:" does.
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("far.safetensors"));
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".crc"));
    Examples.assertSameBits(here(0), trainer().resume(uri).fit(rows(3)));
  }

  @Test
  void stepsAndWhoTookThemAreTold() {
    List<ShardListener.Step> steps = new ArrayList<>();
    trainer().tasks(2).listener(steps::add).fit(rows(2));
    // 108 rows in 13 shards are 9 or 8 in each: 8, and at last 1 or none of each.
    assertThat(steps).hasSize(6);
    assertThat(steps.getFirst().rows()).isEqualTo(13 * 8);
    assertThat(steps.getLast().rows()).isEqualTo(108 - 13 * 8);
    assertThat(steps)
        .allSatisfy(step -> {
          assertThat(step.work()).extracting(ShardAnswer.Work::worker).containsOnly("driver");
          assertThat(step.work()).extracting(ShardAnswer.Work::shards).containsExactly(7, 6);
        });
  }

  @Test
  void kryoIsRefused() {
    assertThat(spark.getConf().contains("spark.serializer")).isFalse();
    assertThatThrownBy(() ->
            ClusterShards.requireJavaSerialisation(
                spark
                    .getConf()
                    .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")))
        .hasMessageContaining("spark.serializer is org.apache.spark.serializer.KryoSerializer")
        .hasMessageContaining("cannot carry records");
  }
}
