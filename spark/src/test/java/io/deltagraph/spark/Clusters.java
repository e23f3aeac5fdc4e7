package io.deltagraph.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Spark in this process, and with executors that are processes of their own. */
final class Clusters {
  private Clusters() {}

  static SparkConf settings(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("deltagraph tests")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString());
  }

  static SparkSession local(int threads) {
    return SparkSession.builder().config(settings("local[" + threads + "]")).getOrCreate();
  }

  /**
   * A standalone cluster on this machine: needs the folder SPARK_HOME with a folder {@code jars}.
   */
  static JavaSparkContext ofProcesses(int executors, int cores) throws IOException {
    String home = Objects.requireNonNull(System.getenv("SPARK_HOME"), "SPARK_HOME is not set");
    Files.createDirectories(Path.of(home, "jars"));
    return new JavaSparkContext(
        settings("local-cluster[%d,%d,512]".formatted(executors, cores))
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
            .set(
                "spark.executor.extraJavaOptions",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --add-modules jdk.incubator.vector")
            .set("spark.locality.wait", "0")
            .set("spark.executor.heartbeatInterval", "2s"));
  }
}
