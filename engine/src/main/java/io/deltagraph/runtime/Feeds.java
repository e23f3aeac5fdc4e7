package io.deltagraph.runtime;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.NearNames;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a graph is given for a run, checked against what it declares. */
final class Feeds {
  private Feeds() {}

  /**
   * The sizes of the named dimensions.
   *
   * @throws GraphException.BadInput for an input that is missing, unknown or of another type
   */
  static Map<String, Integer> sizes(Graph graph, Map<String, Tensor> feeds) {
    feeds.keySet().forEach(name -> requireDeclared(graph, name));
    Map<String, Integer> sizes = new TreeMap<>();
    Map<String, String> origins = new HashMap<>();
    for (Input input : graph.inputs()) {
      Tensor tensor = feeds.get(input.label());
      if (tensor == null) {
        throw new GraphException.BadInput(
            "The input "
                + input
                + " has no value; given are "
                + given(feeds)
                + ", needed are "
                + declared(graph.inputs())
                + ".");
      }
      bind(input, tensor, sizes, origins);
    }
    return ImmutableMap.copyOf(sizes);
  }

  /** Refuses what no input is called; one that the graph does not need may be given. */
  static void requireDeclared(Graph graph, String name) {
    boolean needed = graph.inputs().stream().anyMatch(input -> input.label().equals(name));
    if (!needed && !(declared(graph, name) instanceof Input)) {
      throw unknown("input", name, graph.inputs());
    }
  }

  /** What the graph's builder knows by that name. */
  static @Nullable Value declared(Graph graph, String name) {
    return graph.nodes().isEmpty()
        ? null
        : graph.nodes().getFirst().builder().named(name).orElse(null);
  }

  private static void bind(
      Input input, Tensor tensor, Map<String, Integer> sizes, Map<String, String> origins) {
    if (tensor.type().dtype() != input.dtype()) {
      throw wrong(
          input,
          tensor,
          "the element types differ; Tensor.cast(DType." + input.dtype().name() + ") converts");
    }
    if (tensor.type().rank() != input.type().rank()) {
      throw wrong(
          input,
          tensor,
          "it has %d dimensions instead of %d"
              .formatted(tensor.type().rank(), input.type().rank()));
    }
    for (int axis = 0; axis < tensor.type().rank(); axis++) {
      int size = tensor.size(axis);
      switch (input.shape().dim(axis)) {
        case Dim.Fixed fixed -> {
          if (fixed.size() != size) {
            throw wrong(
                input, tensor, "axis %d has %d instead of %d".formatted(axis, size, fixed.size()));
          }
        }
        case Dim.Named named -> {
          Integer earlier = sizes.putIfAbsent(named.name(), size);
          origins.putIfAbsent(named.name(), input.label());
          if (earlier != null && earlier != size) {
            throw wrong(
                input,
                tensor,
                "%s is %d here, and %d in '%s'"
                    .formatted(named, size, earlier, origins.get(named.name())));
          }
        }
      }
    }
  }

  /** Refuses a tensor that does not fit a parameter. */
  static void check(GraphParameter parameter, Tensor tensor) {
    if (!tensor.type().equals(parameter.type())) {
      throw new GraphException.BadInput(
          "The parameter %s was given %s: shape and dtype must be those declared."
              .formatted(parameter, tensor.type()));
    }
  }

  static GraphException.BadInput unknown(
      String kind, String name, Collection<? extends Value> known) {
    List<String> near = NearNames.of(name, known.stream().map(Value::label).toList());
    return new GraphException.BadInput(
        "No "
            + kind
            + " named '"
            + name
            + "'."
            + (near.isEmpty() ? "" : " Did you mean '" + String.join("' or '", near) + "'?")
            + "\n  There are: "
            + declared(known)
            + ".");
  }

  private static GraphException.BadInput wrong(Input input, Tensor tensor, String why) {
    return new GraphException.BadInput(
        "The input %s was given %s: %s.".formatted(input, tensor.type(), why));
  }

  private static String declared(Collection<? extends Value> values) {
    return values.isEmpty()
        ? "none"
        : values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  private static String given(Map<String, Tensor> feeds) {
    return feeds.isEmpty() ? "none" : String.join(", ", feeds.keySet());
  }
}
