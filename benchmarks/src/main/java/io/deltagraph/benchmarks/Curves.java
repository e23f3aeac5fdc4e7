package io.deltagraph.benchmarks;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import io.deltagraph.activations.Relu;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.plan.Planner;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import io.deltagraph.workloads.Measurement;
import io.deltagraph.workloads.Pace;
import io.deltagraph.workloads.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** How the cost of a step grows with batch, width and depth, and that of a graph with its nodes. */
final class Curves {
  private Curves() {}

  /**
   * Argument: the folder that gets {@code growth.md} with the tables, {@code growth.csv} and an SVG
   * for each curve. The property {@code largest} (4096) bounds batch and width, {@code nodes}
   * (100000) the graph, {@code warmUp} (15) the seconds that a step may take to settle.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int largest = Integer.getInteger("largest", 4096);
    int nodes = Integer.getInteger("nodes", 100_000);
    Curve batch = new Curve("batch", "rows of a batch, 784-128-10", "µs");
    for (int size = 1; size <= largest; size *= 4) {
      step(batch, size, size, 784, 128, 10);
    }
    Curve width = new Curve("width", "units n of n-n-10, batch 64", "µs");
    for (int size = 16; size <= largest; size *= 2) {
      step(width, size, 64, size, size, 10);
    }
    Curve depth = new Curve("depth", "layers of 32 units, batch 32", "µs");
    for (int size = 2; size <= 256; size *= 2) {
      int[] sizes = new int[size + 1];
      Arrays.fill(sizes, 32);
      sizes[size] = 10;
      step(depth, size, 32, sizes);
    }
    Curve pointwise = new Curve("nodes", "ops in a chain of + and × on f32[8]", "ms");
    graphs(pointwise, nodes, TensorType.of(DType.F32, 8), (value, w) -> value.times(w).plus(w));
    Curve products = new Curve("products", "ops in a chain of products and + on f32[8, 8]", "ms");
    graphs(products, nodes, TensorType.of(DType.F32, 8, 8), (value, w) -> value.matmul(w).plus(w));
    write(folder, List.of(batch, width, depth, pointwise, products));
  }

  private static void write(Path folder, List<Curve> curves) throws IOException {
    StringBuilder csv = new StringBuilder("curve,series,size,value,unit,steady\n");
    StringBuilder text =
        new StringBuilder(
            """
            # How cost grows

            Written by `io.deltagraph.benchmarks.Curves` (see [speed.md](../speed.md)). A step is forward, backward and update, f32
            on one thread, relu and softmax cross entropy, SGD: the fastest of nine means over a tenth of a second. A graph is
            built, differentiated and planned: the fastest of three times. `~` and hollow points had not settled, as happens on a
            machine that others use. *growth* is the sum of a row over that of the row above.

            """);
    text.append(
        "Taken on %d cores with Java %s; load average at the end %.1f.\n"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    for (Curve curve : curves) {
      csv.append(curve.csv());
      String file = "growth-" + curve.name() + ".svg";
      Files.writeString(folder.resolve(file), curve.svg());
      text.append("\n## ").append(curve.name()).append("\n\n![").append(curve.name());
      text.append("](").append(file).append(")\n\n").append(curve.table());
    }
    Files.writeString(folder.resolve("growth.csv"), csv);
    Files.writeString(folder.resolve("growth.md"), text);
  }

  private static void step(Curve curve, int size, int batch, int... sizes) {
    Workload workload =
        new Workload(
            "growth",
            Ints.asList(sizes),
            batch,
            1,
            Relu.ID,
            Workload.Objective.SOFTMAX,
            new GradientDescent(0.01));
    Pace.Effort effort = new Pace.Effort(Integer.getInteger("warmUp", 15), 9, 0.1);
    Pace pace = Measurement.of(workload, DType.F32, Session.Options.defaults(), effort).pace();
    IO.println("%s %d: %.2f µs".formatted(curve.name(), size, pace.fastestMicros()));
    curve.add("step", size, pace.fastestMicros(), pace.steady());
  }

  private static void graphs(
      Curve curve, int nodes, TensorType type, BinaryOperator<Value> twoOps) {
    // The first, thrown away, loads and compiles classes.
    graph(10_000, type, twoOps);
    for (int size : new int[] {1_000, 3_000, 10_000, 30_000, 100_000}) {
      if (size > nodes) {
        return;
      }
      double[] best = graph(size, type, twoOps);
      for (int i = 0; i < 2; i++) {
        double[] again = graph(size, type, twoOps);
        Arrays.setAll(best, phase -> Math.min(best[phase], again[phase]));
      }
      List<String> phases = List.of("plan", "differentiate", "build");
      for (int i = 0; i < best.length; i++) {
        curve.add(phases.get(i), size, best[i], true);
      }
      IO.println("%s %d: %s".formatted(curve.name(), size, Arrays.toString(best)));
    }
  }

  /** The milliseconds to plan, differentiate and build a chain, in this order. */
  private static double[] graph(int nodes, TensorType type, BinaryOperator<Value> twoOps) {
    long start = System.nanoTime();
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter weights = builder.parameter("w", type);
    Value value = weights;
    for (int i = 0; i < nodes / 2; i++) {
      value = twoOps.apply(value, weights);
    }
    Value loss = value.sum();
    long built = System.nanoTime();
    Value gradient = Gradient.of(loss, List.of(weights)).wrt(weights);
    long differentiated = System.nanoTime();
    Planner.plan(
        builder.graph(ImmutableMap.of("loss", loss), Map.of(weights, weights.minus(gradient))),
        Map.of());
    long planned = System.nanoTime();
    return new double[] {
      (planned - differentiated) * 1e-6, (differentiated - built) * 1e-6, (built - start) * 1e-6
    };
  }
}
