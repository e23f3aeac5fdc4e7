package io.deltagraph.report.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order of nodes in each rank, chosen so that few links cross. */
final class Crossings {
  private static final int SWEEPS = 24;

  private Crossings() {}

  /** Ranks from the top, each with its nodes from left to right. */
  static List<List<Integer>> reduced(Ranks ranks) {
    List<List<Integer>> order = new ArrayList<>();
    for (int node = 0; node < ranks.size(); node++) {
      while (order.size() <= ranks.rank().get(node)) {
        order.add(new ArrayList<>());
      }
      order.get(ranks.rank().get(node)).add(node);
    }
    List<List<Integer>> best = copy(order);
    long fewest = count(ranks, order);
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 1; i < order.size(); i++) {
        int rank = down ? i : order.size() - 1 - i;
        int other = down ? rank - 1 : rank + 1;
        sort(order.get(rank), order.get(other), down ? ranks.above() : ranks.below());
      }
      long now = count(ranks, order);
      if (now < fewest) {
        fewest = now;
        best = copy(order);
      }
    }
    return best;
  }

  /** By the mean place of each node's neighbours in the other rank; stays where it has none. */
  private static void sort(
      List<Integer> rank, List<Integer> other, List<List<Integer>> neighbours) {
    int[] place = places(other, neighbours.size());
    double[] mean = new double[neighbours.size()];
    for (int i = 0; i < rank.size(); i++) {
      int node = rank.get(i);
      mean[node] = neighbours.get(node).stream().mapToInt(near -> place[near]).average().orElse(i);
    }
    rank.sort(Comparator.comparingDouble(node -> mean[node]));
  }

  private static int[] places(List<Integer> rank, int nodes) {
    int[] place = new int[nodes];
    for (int i = 0; i < rank.size(); i++) {
      place[rank.get(i)] = i;
    }
    return place;
  }

  private static List<List<Integer>> copy(List<List<Integer>> order) {
    List<List<Integer>> copy = new ArrayList<>();
    order.forEach(rank -> copy.add(new ArrayList<>(rank)));
    return copy;
  }

  /** How many pairs of links between neighbouring ranks cross. */
  static long count(Ranks ranks, List<List<Integer>> order) {
    long crossings = 0;
    for (int rank = 1; rank < order.size(); rank++) {
      int[] place = places(order.get(rank), ranks.size());
      List<Integer> ends = new ArrayList<>();
      for (int node : order.get(rank - 1)) {
        ranks.below().get(node).stream().map(to -> place[to]).sorted().forEach(ends::add);
      }
      for (int i = 0; i < ends.size(); i++) {
        for (int k = i + 1; k < ends.size(); k++) {
          crossings += ends.get(i) > ends.get(k) ? 1 : 0;
        }
      }
    }
    return crossings;
  }
}
