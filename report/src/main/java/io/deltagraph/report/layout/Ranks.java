package io.deltagraph.report.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The rank of each node; a link over several ranks goes through a bend in each, a node without
 * room.
 *
 * @param rank of each node, bends behind the others
 * @param above the neighbours of each in the rank above
 * @param below the neighbours of each in the rank below
 * @param chains the nodes that each link goes through, from its first to its last
 */
record Ranks(
    List<Integer> rank,
    List<List<Integer>> above,
    List<List<Integer>> below,
    List<List<Integer>> chains) {

  int size() {
    return rank.size();
  }

  static Ranks of(int nodes, List<LayeredLayout.Link> links) {
    int[] ranks = longestPaths(nodes, links);
    List<Integer> rank = new ArrayList<>();
    List<List<Integer>> above = new ArrayList<>();
    List<List<Integer>> below = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      rank.add(ranks[node]);
      above.add(new ArrayList<>());
      below.add(new ArrayList<>());
    }
    List<List<Integer>> chains = new ArrayList<>();
    for (LayeredLayout.Link link : links) {
      List<Integer> chain = new ArrayList<>(List.of(link.from()));
      for (int at = ranks[link.from()] + 1; at < ranks[link.to()]; at++) {
        rank.add(at);
        above.add(new ArrayList<>());
        below.add(new ArrayList<>());
        chain.add(rank.size() - 1);
      }
      chain.add(link.to());
      for (int i = 1; i < chain.size(); i++) {
        below.get(chain.get(i - 1)).add(chain.get(i));
        above.get(chain.get(i)).add(chain.get(i - 1));
      }
      chains.add(chain);
    }
    return new Ranks(rank, above, below, chains);
  }

  /** Each node one rank below the lowest that leads to it; then as low as its own links allow. */
  private static int[] longestPaths(int nodes, List<LayeredLayout.Link> links) {
    List<List<Integer>> next = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      next.add(new ArrayList<>());
    }
    int[] waiting = new int[nodes];
    for (LayeredLayout.Link link : links) {
      if (link.from() < 0 || link.from() >= nodes || link.to() < 0 || link.to() >= nodes) {
        throw new IllegalArgumentException("There are %d nodes, got %s.".formatted(nodes, link));
      }
      next.get(link.from()).add(link.to());
      waiting[link.to()]++;
    }
    int[] rank = new int[nodes];
    Deque<Integer> free = new ArrayDeque<>();
    for (int node = 0; node < nodes; node++) {
      if (waiting[node] == 0) {
        free.add(node);
      }
    }
    List<Integer> sorted = new ArrayList<>();
    while (!free.isEmpty()) {
      int node = free.remove();
      sorted.add(node);
      for (int to : next.get(node)) {
        rank[to] = Math.max(rank[to], rank[node] + 1);
        if (--waiting[to] == 0) {
          free.add(to);
        }
      }
    }
    if (sorted.size() < nodes) {
      throw new IllegalArgumentException("The links of a layout lead in no circle, these do.");
    }
    for (int i = nodes - 1; i >= 0; i--) {
      int node = sorted.get(i);
      int low = next.get(node).stream().mapToInt(to -> rank[to] - 1).min().orElse(rank[node]);
      rank[node] = low;
    }
    int first = Arrays.stream(rank).min().orElse(0);
    for (int node = 0; node < nodes; node++) {
      rank[node] -= first;
    }
    return rank;
  }
}
