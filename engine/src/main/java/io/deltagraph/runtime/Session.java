package io.deltagraph.runtime;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.StoredValue;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.plan.ParameterLayouts;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tiering.Warmer;
import io.deltagraph.type.DType;
import java.lang.ref.Cleaner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A graph ready to run, with the values of its parameters. Plans are made for each size of the
 * named dimensions and kept. May be used by several threads, which take turns. A session that is
 * dropped without {@link #close} loses its threads when it is collected.
 */
public final class Session implements AutoCloseable {

  /**
   * How a session runs.
   *
   * @param threads how many threads share the work, the calling one included; the results do not
   *     depend on it
   * @param cachedPlans how many plans are kept, one per set of sizes
   * @param backend what does the work, beside the plain loops; empty for the fastest that was found
   *     together with the graph's ops. The results do not depend on it
   * @param warmsUp whether plans start on plain loops, while the backend's tasks are warmed aside
   */
  public record Options(int threads, int cachedPlans, Optional<Backend> backend, boolean warmsUp) {
    /** Checks that both numbers are positive. */
    public Options {
      if (threads < 1 || cachedPlans < 1) {
        throw new IllegalArgumentException(
            "A session has at least 1 thread and 1 cached plan, got %d and %d."
                .formatted(threads, cachedPlans));
      }
    }

    /** One thread, eight plans and the fastest backend, warmed aside. */
    public static Options defaults() {
      return new Options(1, 8, Optional.empty(), true);
    }

    /** These options with another number of threads. */
    public Options withThreads(int number) {
      return new Options(number, cachedPlans, backend, warmsUp);
    }

    /** These options with another backend, which is warmed aside while plain loops do the work. */
    public Options warming(Backend other) {
      return new Options(threads, cachedPlans, Optional.of(other), true);
    }

    /** What a session of that graph runs on. */
    Backend backendFor(Graph graph) {
      return backend.orElseGet(() -> Backend.fastest(graph.ops()));
    }

    /** These options with another backend, which is used from the first step on. */
    public Options withBackend(Backend other) {
      return new Options(threads, cachedPlans, Optional.of(other), false);
    }
  }

  /** Ends the threads of sessions that were never closed. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final Graph graph;
  private final Options options;
  private final Workers workers;
  private final Map<String, GraphParameter> parameters;
  private final Map<String, StoredValue> values;
  private final TreeSet<String> unset;
  private final Lock warmingTurn = new ReentrantLock(true);
  private final LinkedHashMap<Map<String, Integer>, Executable> plans =
      new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Executable latest;
  private boolean closed;

  private Session(Graph graph, Options options) {
    this.graph = graph;
    this.options =
        new Options(
            options.threads(),
            options.cachedPlans(),
            Optional.of(options.backendFor(graph)),
            options.warmsUp());
    this.workers = new Workers(options.threads());
    if (options.threads() > 1) {
      CLEANER.register(this, workers::close);
    }
    ImmutableMap.Builder<String, GraphParameter> named = ImmutableMap.builder();
    ImmutableMap.Builder<String, StoredValue> stored = ImmutableMap.builder();
    Set<String> columnMajor = ParameterLayouts.columnMajor(graph);
    for (GraphParameter parameter : graph.parameters()) {
      String name = parameter.label();
      named.put(name, parameter);
      stored.put(name, StoredValue.allocate(parameter.type(), columnMajor.contains(name)));
    }
    this.parameters = named.buildOrThrow();
    this.values = stored.buildOrThrow();
    this.unset = new TreeSet<>(parameters.keySet());
  }

  /**
   * Begins, in a thread of its own, to have compiled what all sessions on those ops share, so that
   * the first of them is fast sooner: for a program that has other things to do first, such as
   * reading data. It takes part of a second.
   *
   * @param dtypes in which sessions will compute
   */
  public static void prepare(OpLookup ops, Set<DType> dtypes) {
    Warmer.prepare(Backend.fastest(ops), dtypes);
  }

  /** A session with default options. */
  public static Session open(Graph graph) {
    return open(graph, Options.defaults());
  }

  /** A session. */
  public static Session open(Graph graph, Options options) {
    return new Session(graph, options);
  }

  /**
   * Sets a parameter; one that was declared, but that the graph does not need, may be given too.
   *
   * @throws GraphException.BadInput if there is none of that name, or it has another type
   */
  public synchronized Session set(String name, Tensor tensor) {
    if (isUnneeded(name)) {
      return this;
    }
    GraphParameter parameter = parameter(name);
    Feeds.check(parameter, tensor);
    value(parameter).set(tensor);
    unset.remove(name);
    return this;
  }

  /**
   * Sets one element of a parameter that has a value; the others stay as they are.
   *
   * @param position counted row by row, from 0
   * @throws GraphException.BadInput if there is none of that name
   */
  public synchronized void setElement(String name, int position, double element) {
    value(parameter(name)).set(position, element);
  }

  /** Sets several parameters. */
  public synchronized Session setAll(Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> {
      if (!isUnneeded(name)) {
        Feeds.check(parameter(name), tensor);
      }
    });
    tensors.forEach(this::set);
    return this;
  }

  /**
   * The value of a parameter.
   *
   * @throws GraphException.BadInput if there is none of that name, or it was never set
   */
  public synchronized Tensor get(String name) {
    GraphParameter parameter = parameter(name);
    if (unset.contains(name)) {
      throw new GraphException.BadInput(
          "The parameter " + parameter + " has no value yet; set it first.");
    }
    return value(parameter).get();
  }

  /** The values of all parameters, by name. */
  public synchronized Map<String, Tensor> parameters() {
    ImmutableMap.Builder<String, Tensor> all = ImmutableMap.builder();
    parameters.keySet().forEach(name -> all.put(name, get(name)));
    return all.buildOrThrow();
  }

  /**
   * Computes the outputs, then sets the parameters to their new values. If anything is thrown, the
   * parameters are as before.
   *
   * @param feeds a tensor for each input, by name; those that were declared, but that the graph
   *     does not need, may be given too
   * @return the outputs by name, in the graph's order
   * @throws GraphException.BadInput if an input or parameter is missing, unknown or of another type
   */
  public synchronized Map<String, Tensor> run(Map<String, Tensor> feeds) {
    Executable executable = prepare(feeds);
    Map<String, Tensor> outputs = executable.run(feeds, workers);
    executable.commit(workers);
    return outputs;
  }

  /**
   * The plan for inputs of these types, to be run again and again without allocating anything.
   *
   * @param feeds a tensor for each input, by name
   * @throws GraphException.BadInput if an input or parameter is missing, unknown or of another type
   */
  public synchronized BoundSession bind(Map<String, Tensor> feeds) {
    Executable executable = prepare(feeds);
    BoundSession bound = new BoundSession(this, graph, executable, workers);
    feeds.forEach(bound::set);
    return bound;
  }

  /** The plan that a run with such inputs follows. */
  public synchronized Plan plan(Map<String, Tensor> feeds) {
    return executable(feeds).plan();
  }

  /**
   * Looks for the origin of a NaN or infinity: runs step by step, without setting parameters, until
   * a step makes the first from finite inputs. Inputs and parameters are looked at first.
   */
  public synchronized Optional<NonFinite> firstNonFinite(Map<String, Tensor> feeds) {
    Map<String, Integer> sizes = prepare(feeds).plan().sizes();
    return new NonFiniteSearch(graph, sizes, values, options.threads()).first(feeds, workers);
  }

  /** The number of plans that are kept now. */
  synchronized int cachedPlans() {
    return plans.size();
  }

  private Executable prepare(Map<String, Tensor> feeds) {
    if (!unset.isEmpty()) {
      throw new GraphException.BadInput(
          "Parameters without a value: "
              + String.join(", ", unset.stream().map(n -> parameter(n).toString()).toList())
              + ". Give them one with Session.set or setAll before the run.");
    }
    return executable(feeds);
  }

  private Executable executable(Map<String, Tensor> feeds) {
    if (closed) {
      throw new IllegalStateException("The session is closed.");
    }
    Executable last = latest;
    if (last != null && feeds.size() == graph.inputs().size() && last.inputs().accept(feeds)) {
      return last;
    }
    Map<String, Integer> sizes = Feeds.sizes(graph, feeds);
    Executable known = plans.get(sizes);
    if (known == null) {
      known = new Executable(Planner.plan(graph, sizes), values, options, warmingTurn);
      plans.put(sizes, known);
      if (plans.size() > options.cachedPlans()) {
        plans.pollFirstEntry().getValue().close();
      }
    }
    latest = known;
    return known;
  }

  private boolean isUnneeded(String name) {
    return !parameters.containsKey(name) && Feeds.declared(graph, name) instanceof GraphParameter;
  }

  private GraphParameter parameter(String name) {
    GraphParameter parameter = parameters.get(name);
    if (parameter == null) {
      throw Feeds.unknown("parameter", name, parameters.values());
    }
    return parameter;
  }

  private StoredValue value(GraphParameter parameter) {
    StoredValue value = values.get(parameter.label());
    if (value == null) {
      throw new IllegalStateException("No memory for " + parameter + ".");
    }
    return value;
  }

  /** Ends the session's threads and gives its memory back. */
  @Override
  public synchronized void close() {
    closed = true;
    workers.close();
    plans.values().forEach(Executable::close);
    plans.clear();
    latest = null;
  }
}
