package io.deltagraph.report.lecture;

import io.deltagraph.random.RandomStream;
import io.deltagraph.report.page.Element;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Points of two classes in a plane. */
record Points(List<Point> all) {

  /** A point and its class, 0 or 1. */
  record Point(double x, double y, int kind) {}

  Points {
    all = List.copyOf(all);
  }

  /** Two clouds, each round around its middle; their points take turns. */
  static Points clouds(
      RandomStream random, int[] counts, double[] first, double[] second, double deviation) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < Math.max(counts[0], counts[1]); i++) {
      for (int kind = 0; kind < 2; kind++) {
        double[] middle = kind == 0 ? first : second;
        if (i < counts[kind]) {
          double x = middle[0] + deviation * random.nextGaussian();
          double y = middle[1] + deviation * random.nextGaussian();
          points.add(new Point(x, y, kind));
        }
      }
    }
    return new Points(points);
  }

  /** X, n × 2, and T, n × 1 of 0 and 1. */
  Samples samples() {
    int count = all.size();
    return new Samples(
        Tensor.generate(
            TensorType.of(DType.F64, count, 2),
            i -> i % 2 == 0 ? all.get(i / 2).x() : all.get(i / 2).y()),
        Tensor.generate(TensorType.of(DType.F64, count, 1), i -> all.get(i).kind()));
  }

  /** A mark for each, those of class 0 round and those of class 1 square. */
  List<Element> marks(Panel panel) {
    return all.stream().map(point -> panel.symbol(point.kind(), point.x(), point.y())).toList();
  }

  /** A line of words under a picture that has marks. */
  static Element key(String round, String square) {
    return Element.of("p", "Discs are " + round + ", squares are " + square + ".")
        .with("class", "note");
  }
}
