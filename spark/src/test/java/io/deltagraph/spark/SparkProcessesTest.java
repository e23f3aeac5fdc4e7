package io.deltagraph.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.models.Model;
import io.deltagraph.training.ShardAnswer;
import io.deltagraph.training.ShardedTrainer;
import io.deltagraph.training.TrainingResult;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Executors that are processes of their own. Takes more than ten seconds, since each number of them
 * starts as many virtual machines.
 */
@Timeout(180)
class SparkProcessesTest {

  @ParameterizedTest
  @DisplayName(
      "neither the number of executors, nor their threads, nor the loss of one changes a bit")
  @CsvSource({"1,2,1,false", "2,1,1,true", "4,1,2,false"})
  void executorsAreOfNoAccount(int executors, int cores, int threads, boolean killed)
      throws IOException {
    TrainingResult here =
        ShardedTrainer.of(Examples.trainer(Examples.net()))
            .shards(Examples.SHARDS)
            .fit(Examples.samples());
    Model model = Examples.net();
    Set<String> seen = new TreeSet<>();
    try (JavaSparkContext spark = Clusters.ofProcesses(executors, cores)) {
      TrainingResult there =
          SparkTrainer.of(model, Examples.trainer(model).threads(threads))
              .shards(Examples.SHARDS)
              .tasks(4)
              .listener(step -> {
                step.work().stream().map(ShardAnswer.Work::worker).forEach(seen::add);
                if (killed && step.epoch() == 2 && step.number() == 1) {
                  killAnExecutor();
                }
              })
              .fit(spark.parallelize(Examples.rows(), 3));
      Examples.assertSameBits(here, there);
    }
    assertThat(seen).doesNotContain("driver");
    if (killed) {
      assertThat(seen).hasSizeGreaterThan(1);
    }
  }

  private static void killAnExecutor() {
    List<ProcessHandle> executors =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("java"))
            .toList();
    assertThat(executors).isNotEmpty();
    assertThat(executors.getFirst().destroyForcibly()).isTrue();
  }
}
