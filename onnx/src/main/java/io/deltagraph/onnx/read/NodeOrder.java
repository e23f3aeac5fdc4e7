package io.deltagraph.onnx.read;

import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which node gives which name.
 *
 * @param makers the number of the node, by the name
 */
record NodeOrder(GraphProto graph, Map<String, Integer> makers) {
  private static final int SHOWN = 8;

  /** Each name is given once; an initialiser may have that of an input, whose default it is. */
  static NodeOrder of(GraphProto graph, FilePlace file) {
    Set<String> taken = new HashSet<>();
    graph.getInputList().forEach(input -> name(taken, input.getName(), "an input", file));
    Set<String> tensors = new HashSet<>();
    graph
        .getInitializerList()
        .forEach(tensor -> name(tensors, tensor.getName(), "an initialiser", file));
    taken.addAll(tensors);
    Map<String, Integer> makers = new HashMap<>();
    NodeOrder order = new NodeOrder(graph, makers);
    for (int i = 0; i < graph.getNodeCount(); i++) {
      for (String output : graph.getNode(i).getOutputList()) {
        if (!output.isEmpty()) {
          name(taken, output, "an output of " + order.label(i), file);
          makers.put(output, i);
        }
      }
    }
    Set<String> results = new HashSet<>();
    graph.getOutputList().forEach(output -> name(results, output.getName(), "an output", file));
    return order;
  }

  private static void name(Set<String> taken, String name, String of, FilePlace file) {
    if (name.isEmpty() || name.length() > ReadLimits.NAME_LENGTH || !taken.add(name)) {
      throw file.refuse(
          "the name " + FilePlace.quoted(name) + " for " + of,
          "one that nothing else has, of 1 to " + ReadLimits.NAME_LENGTH + " characters",
          FilePlace.AGAIN);
    }
  }

  /** The outputs of texts: names of classes, in most cases. */
  List<String> texts() {
    return graph.getOutputList().stream()
        .filter(NodeOrder::isText)
        .map(ValueInfoProto::getName)
        .toList();
  }

  private static boolean isText(ValueInfoProto output) {
    return output.getType().getTensorType().getElemType() == TensorProto.DataType.STRING_VALUE;
  }

  /** The nodes that nothing needs but outputs of texts. */
  Set<Integer> ofTexts() {
    Set<Integer> texts = needed(texts());
    texts.removeAll(
        needed(
            graph.getOutputList().stream()
                .filter(output -> !isText(output))
                .map(ValueInfoProto::getName)
                .toList()));
    return texts;
  }

  private Set<Integer> needed(List<String> outputs) {
    Set<Integer> nodes = new HashSet<>();
    List<String> open = new ArrayList<>(outputs);
    while (!open.isEmpty()) {
      Integer maker = makers.get(open.removeLast());
      if (maker != null && nodes.add(maker)) {
        open.addAll(graph.getNode(maker).getInputList());
      }
    }
    return nodes;
  }

  /** What to call a node in messages. */
  String label(int index) {
    NodeProto node = graph.getNode(index);
    String operator = FilePlace.quoted(node.getOpType());
    return "node "
        + index
        + (node.getName().isEmpty() ? "" : " " + FilePlace.quoted(node.getName()))
        + " ("
        + operator.substring(1, operator.length() - 1)
        + ")";
  }

  /** Why a node cannot have that input: nothing gives it, or only a node that comes later. */
  ReadRefusal missing(String name, int reader, FilePlace place) {
    Integer maker = makers.get(name);
    if (maker == null) {
      return place.refuse(
          "the input " + FilePlace.quoted(name) + ", which nothing gives",
          "an input of the graph, an initialiser or the output of an earlier node",
          FilePlace.COPY);
    }
    List<Integer> cycle = cycle(reader, maker);
    return place.refuse(
        "the input "
            + FilePlace.quoted(name)
            + (cycle.isEmpty()
                ? ", which only " + label(maker) + " gives"
                : " on a cycle of the nodes " + shown(cycle)),
        "nodes after those that they need",
        cycle.isEmpty() ? "sort the nodes" : FilePlace.AGAIN);
  }

  private static String shown(List<Integer> nodes) {
    return nodes.size() <= SHOWN
        ? nodes.toString()
        : nodes.subList(0, SHOWN) + " and " + (nodes.size() - SHOWN) + " others";
  }

  /** The nodes from one back to another that needs it; empty if there is no such way. */
  private List<Integer> cycle(int reader, int maker) {
    Map<Integer, List<Integer>> ways = new HashMap<>();
    List<Integer> open = new ArrayList<>(List.of(maker));
    ways.put(maker, List.of(reader));
    while (!open.isEmpty()) {
      int node = open.removeLast();
      if (node == reader) {
        return ways.getOrDefault(reader, List.of());
      }
      for (String name : graph.getNode(node).getInputList()) {
        Integer next = makers.get(name);
        if (next != null && !ways.containsKey(next)) {
          ways.put(next, next == reader ? way(ways, node, reader) : List.of(node));
          open.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<Integer> way(Map<Integer, List<Integer>> ways, int last, int reader) {
    List<Integer> way = new ArrayList<>(List.of(reader));
    for (int at = last; at != reader; at = ways.getOrDefault(at, List.of(reader)).getFirst()) {
      way.add(at);
    }
    return way;
  }
}
