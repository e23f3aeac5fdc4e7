package io.deltagraph.check;

import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some values of one builder, prepared to be computed at many points. */
public final class Program implements AutoCloseable {
  private final Graph graph;
  private final int count;
  private final Session session;

  private Program(Graph graph, int count, Session.Options options) {
    this.graph = graph;
    this.count = count;
    this.session = Session.open(graph, options);
  }

  /**
   * A program that computes those values.
   *
   * @param values at least one value
   * @param names the inputs that will be given; the sizes of named dimensions are taken from them
   *     even where no value depends on their numbers
   */
  public static Program of(List<? extends Value> values, Set<String> names) {
    return of(values, names, Session.Options.defaults());
  }

  /**
   * The same by plain loops, for a program of a few small runs: making faster code for it would
   * cost more than it saves, and the numbers are the same.
   */
  public static Program plain(List<? extends Value> values, Set<String> names) {
    return of(values, names, Session.Options.defaults().withBackend(Backend.reference()));
  }

  /** The same by plain loops, on vectors as far as these are compiled already: for many runs. */
  static Program quick(List<? extends Value> values, Set<String> names) {
    Backend ready = Backend.fastest(values.getFirst().builder().ops()).ready();
    return of(values, names, Session.Options.defaults().withBackend(ready));
  }

  /** The same, to be run in a certain way: by another backend, or by several threads. */
  public static Program of(
      List<? extends Value> values, Set<String> names, Session.Options options) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      outputs.put(Integer.toString(i), values.get(i));
    }
    GraphBuilder builder = values.getFirst().builder();
    Set<Dim> bound = new HashSet<>();
    builder.graph(outputs).inputs().forEach(input -> bound.addAll(input.shape().dims()));
    for (String name : names) {
      if (builder.named(name).orElse(null) instanceof Input input
          && input.shape().dims().stream().anyMatch(dim -> !dim.isFixed() && bound.add(dim))) {
        outputs.put("sizes of " + name, input);
      }
    }
    return new Program(builder.graph(outputs), values.size(), options);
  }

  /**
   * The values at a point.
   *
   * @param point inputs and parameters by name; those that no value depends on may be there too
   */
  public List<Tensor> run(Map<String, Tensor> point) {
    Map<String, Tensor> feeds = feeds(point);
    return session.run(feeds).values().stream().toList().subList(0, count);
  }

  /** The plan for a point, to be run again and again with other numbers for its inputs. */
  BoundSession bind(Map<String, Tensor> point) {
    return session.bind(feeds(point));
  }

  /** Sets one element of a parameter for all plans. */
  void set(GraphParameter parameter, int position, double element) {
    session.setElement(parameter.label(), position, element);
  }

  /** What the graph's inputs are given; its parameters are set. */
  private Map<String, Tensor> feeds(Map<String, Tensor> point) {
    Map<String, Tensor> feeds = new HashMap<>();
    for (Input input : graph.inputs()) {
      Tensor tensor = point.get(input.label());
      if (tensor != null) {
        feeds.put(input.label(), tensor);
      }
    }
    for (GraphParameter parameter : graph.parameters()) {
      Tensor tensor = point.get(parameter.label());
      if (tensor != null) {
        session.set(parameter.label(), tensor);
      }
    }
    return feeds;
  }

  /** Ends the threads that it runs on, if it was given several. */
  @Override
  public void close() {
    session.close();
  }
}
