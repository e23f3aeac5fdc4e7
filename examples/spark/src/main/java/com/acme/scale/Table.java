package com.acme.scale;

import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A generated table: {@code x}, an array of numbers, and {@code y}, one of some classes. */
final class Table {
  private Table() {}

  /**
   * Writes a table as Parquet. A row depends on its number alone: its class is that of the largest of
   * some sums of products of neighbouring features, with noise, so that a line tells less than a net.
   */
  static void write(SparkSession spark, long rows, int features, int classes, String path) {
    StructType type =
        new StructType()
            .add("x", DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add("y", DataTypes.IntegerType, false);
    MapFunction<Long, Row> row = number -> row(number, features, classes);
    spark
        .range(rows)
        .map(row, Encoders.row(type))
        .write()
        .mode("overwrite")
        .parquet(path);
  }

  private static Row row(long number, int features, int classes) {
    RandomStream random = Seeds.of(7).derive("row", number).stream();
    Float[] x = new Float[features];
    for (int j = 0; j < features; j++) {
      x[j] = (float) random.nextGaussian();
    }
    double[] sums = new double[classes];
    for (int j = 0; j < features; j++) {
      double beside = x[(j + classes) % features];
      sums[j % classes] += x[j] + 0.5 * x[j] * beside;
    }
    int largest = 0;
    for (int k = 1; k < classes; k++) {
      largest = sums[k] > sums[largest] ? k : largest;
    }
    return RowFactory.create(x, random.nextDouble() < 0.05 ? random.nextInt(classes) : largest);
  }
}
