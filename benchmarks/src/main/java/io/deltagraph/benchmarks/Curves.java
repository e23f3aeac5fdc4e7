package io.deltagraph.benchmarks;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.cli.bench.Measurement;
import io.deltagraph.cli.bench.Pace;
import io.deltagraph.cli.bench.Workload;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Value;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.plan.Planner;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How the cost of a step grows with batch, width and depth, and that of a graph with its nodes. */
final class Curves {
  private Curves() {}

  /**
   * Argument: the folder that gets {@code growth.csv} and an SVG for each curve. The property
   * {@code largest} (4096) bounds batch and width, {@code nodes} (100000) the graph.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int largest = Integer.getInteger("largest", 4096);
    int nodes = Integer.getInteger("nodes", 100_000);
    List<Curve> curves = new ArrayList<>();
    Curve batch = new Curve("batch", "rows of a batch, 784-128-10", "step, µs");
    for (int size = 1; size <= largest; size *= 4) {
      batch.add("step", size, micros(size, 784, 128, 10));
    }
    Curve width = new Curve("width", "units n of n-n-10, batch 64", "step, µs");
    for (int size = 16; size <= largest; size *= 4) {
      width.add("step", size, micros(64, size, size, 10));
    }
    Curve depth = new Curve("depth", "layers of 32 units, batch 32", "step, µs");
    for (int size = 2; size <= 256; size *= 2) {
      int[] sizes = new int[size + 1];
      Arrays.fill(sizes, 32);
      sizes[size] = 10;
      depth.add("step", size, micros(32, sizes));
    }
    Curve graph = new Curve("nodes", "nodes of a chain", "milliseconds");
    // The first, thrown away, loads classes.
    graph(1_000, new Curve("", "", ""));
    for (int size = 1_000; size <= nodes; size *= 10) {
      graph(size, graph);
    }
    curves.addAll(List.of(batch, width, depth, graph));
    StringBuilder csv = new StringBuilder("curve,series,size,value,unit\n");
    for (Curve curve : curves) {
      csv.append(curve.csv());
      Files.writeString(folder.resolve("growth-" + curve.name() + ".svg"), curve.svg());
    }
    Files.writeString(folder.resolve("growth.csv"), csv);
  }

  private static double micros(int batch, int... sizes) {
    Workload workload =
        new Workload(
            "growth",
            ImmutableIntArray.copyOf(sizes),
            batch,
            1,
            "relu",
            Workload.Objective.SOFTMAX,
            new GradientDescent(0.01));
    Pace.Effort effort = new Pace.Effort(4, 5, 0.1);
    return Measurement.of(workload, DType.F32, Session.Options.defaults(), effort)
        .pace()
        .stepMicros();
  }

  /** A chain of products and sums: its gradient has about as many nodes again. */
  private static void graph(int nodes, Curve curve) {
    long start = System.nanoTime();
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Parameter weights = builder.parameter("w", TensorType.of(DType.F32, 8));
    Value value = weights;
    for (int i = 0; i < nodes; i++) {
      value = i % 2 == 0 ? value.times(weights) : value.plus(weights);
    }
    Value loss = value.sum();
    long built = System.nanoTime();
    Value gradient = Gradient.of(loss, List.of(weights)).wrt(weights);
    long differentiated = System.nanoTime();
    Planner.plan(
        builder.graph(ImmutableMap.of("loss", loss), Map.of(weights, weights.minus(gradient))),
        Map.of());
    long planned = System.nanoTime();
    curve.add("build", nodes, (built - start) * 1e-6);
    curve.add("differentiate", nodes, (differentiated - built) * 1e-6);
    curve.add("plan", nodes, (planned - differentiated) * 1e-6);
  }
}
