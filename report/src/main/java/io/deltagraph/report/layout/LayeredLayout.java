package io.deltagraph.report.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Where nodes and links of a drawn graph lie, ranks from top to bottom (Sugiyama, Tagawa and Toda
 * 1981): links go down, each node stands as low as those that it leads to allow, crossings are few,
 * and nodes stand under and over what they are linked with.
 *
 * @param width of all of it
 * @param height of all of it
 * @param nodes the middle of each node
 * @param links the points of each link, from the lower edge of its first node to the upper edge of
 *     its second
 */
public record LayeredLayout(
    double width, double height, List<Point> nodes, List<List<Point>> links) {

  /** Copies. */
  public LayeredLayout {
    nodes = List.copyOf(nodes);
    links = links.stream().map(List::copyOf).toList();
  }

  /** A place; y grows downwards. */
  public record Point(double x, double y) {}

  /** The room that a node takes. */
  public record Room(double width, double height) {}

  /** A link from one node to another, both by their places in the list of nodes. */
  public record Link(int from, int to) {}

  /**
   * Lays a graph out.
   *
   * @param rooms of the nodes
   * @param links between them, without a circle
   * @param between the room between two neighbours, and between two ranks
   * @throws IllegalArgumentException if links lead in a circle, or to no node
   */
  public static LayeredLayout of(List<Room> rooms, List<Link> links, double between) {
    Ranks ranks = Ranks.of(rooms.size(), links);
    List<List<Integer>> order = Crossings.reduced(ranks);
    double[] widths = new double[ranks.size()];
    double[] heights = new double[ranks.size()];
    for (int node = 0; node < rooms.size(); node++) {
      widths[node] = rooms.get(node).width();
      heights[node] = rooms.get(node).height();
    }
    double[] x = Columns.of(ranks, order, widths, between);
    double[] y = new double[ranks.size()];
    double next = 0;
    for (List<Integer> rank : order) {
      double high = rank.stream().mapToDouble(node -> heights[node]).max().orElse(0);
      for (int node : rank) {
        y[node] = next + high / 2;
      }
      next += high + between;
    }
    List<Point> places = new ArrayList<>();
    double width = 0;
    for (int node = 0; node < ranks.size(); node++) {
      width = Math.max(width, x[node] + widths[node] / 2);
      if (node < rooms.size()) {
        places.add(new Point(x[node], y[node]));
      }
    }
    List<List<Point>> routes = new ArrayList<>();
    for (List<Integer> chain : ranks.chains()) {
      List<Point> route = new ArrayList<>();
      for (int i = 0; i < chain.size(); i++) {
        int node = chain.get(i);
        double move = i == 0 ? heights[node] / 2 : i == chain.size() - 1 ? -heights[node] / 2 : 0;
        route.add(new Point(x[node], y[node] + move));
      }
      routes.add(route);
    }
    return new LayeredLayout(width, Math.max(0, next - between), places, routes);
  }
}
