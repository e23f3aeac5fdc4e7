package io.deltagraph.report.layout;

import java.util.ArrayList;
import java.util.List;

/** How far right each node stands: near those that it is linked with, never over another one. */
final class Columns {
  private static final int SWEEPS = 12;

  private Columns() {}

  static double[] of(Ranks ranks, List<List<Integer>> order, double[] widths, double between) {
    double[] x = new double[ranks.size()];
    for (List<Integer> rank : order) {
      place(rank, new double[rank.size()], widths, between, x);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < order.size(); i++) {
        List<Integer> rank = order.get(down ? i : order.size() - 1 - i);
        List<List<Integer>> neighbours = down ? ranks.above() : ranks.below();
        double[] wanted = new double[rank.size()];
        for (int k = 0; k < rank.size(); k++) {
          int node = rank.get(k);
          wanted[k] =
              neighbours.get(node).stream().mapToDouble(near -> x[near]).average().orElse(x[node]);
        }
        place(rank, wanted, widths, between, x);
      }
    }
    double least = Double.POSITIVE_INFINITY;
    for (int node = 0; node < x.length; node++) {
      least = Math.min(least, x[node] - widths[node] / 2);
    }
    for (int node = 0; node < x.length; node++) {
      x[node] -= least;
    }
    return x;
  }

  /** A run of neighbours that stand as close as they may. */
  private static final class Block {
    private double sum;
    private int count;

    private double mean() {
      return sum / count;
    }
  }

  /**
   * The places with the least squared distance from those wanted, in the given order and with room
   * between: an isotonic regression, by pooling neighbours that would stand in each other's way.
   */
  private static void place(
      List<Integer> rank, double[] wanted, double[] widths, double between, double[] x) {
    double[] offset = new double[rank.size()];
    for (int k = 1; k < rank.size(); k++) {
      offset[k] = offset[k - 1] + widths[rank.get(k - 1)] / 2 + between + widths[rank.get(k)] / 2;
    }
    List<Block> blocks = new ArrayList<>();
    for (int k = 0; k < rank.size(); k++) {
      Block block = new Block();
      block.sum = wanted[k] - offset[k];
      block.count = 1;
      while (!blocks.isEmpty() && blocks.getLast().mean() >= block.mean()) {
        Block before = blocks.removeLast();
        block.sum += before.sum;
        block.count += before.count;
      }
      blocks.add(block);
    }
    int k = 0;
    for (Block block : blocks) {
      for (int i = 0; i < block.count; i++) {
        x[rank.get(k)] = block.mean() + offset[k];
        k++;
      }
    }
  }
}
