package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes values, one node for equal expressions. A builder is used by one thread and lives as long
 * as the values that it made.
 */
public final class GraphBuilder {
  private static final int MAX_NESTING = 64;

  /** What makes two applications the same node: equal ops, as a name may be used by several. */
  private record Key(Op<?> op, Record attributes, List<Integer> inputs) {}

  /** What makes two constants the same node; big ones are compared by identity of their tensor. */
  private record ConstantKey(TensorType type, List<Long> bits) {}

  private static final int INTERNED_ELEMENTS = 64;

  private final OpLookup ops;
  private final boolean sites;
  private final Map<Key, Tuple> applications = new HashMap<>();
  private final Map<Object, Constant> constants = new HashMap<>();
  private final Map<String, Value> names = new HashMap<>();
  private int count;
  private int nesting;

  /** A builder that finds ops there and records the source line of each node. */
  public GraphBuilder(OpLookup ops) {
    this(ops, true);
  }

  private GraphBuilder(OpLookup ops, boolean sites) {
    this.ops = ops;
    this.sites = sites;
  }

  /** A builder that records no source lines, which is faster for very large graphs. */
  public static GraphBuilder withoutSites(OpLookup ops) {
    return new GraphBuilder(ops, false);
  }

  /** Where this builder finds ops. */
  public OpLookup ops() {
    return ops;
  }

  /** A new input; its name must be free. */
  public Input input(String name, TensorType type) {
    Input input = new Input(this, count++, type, name);
    register(name, input);
    return input;
  }

  /**
   * An input that this builder does not list: a stand-in for what is replaced or dropped before
   * there is a graph.
   */
  public Input standIn(TensorType type) {
    return new Input(this, count, type, "stand-in " + count++);
  }

  /** The same for a value that stays from run to run; its sizes are known. */
  public GraphParameter parameterStandIn(TensorType type) {
    return new GraphParameter(this, count, type, "stand-in " + count++);
  }

  /** A new parameter; its name must be free. */
  public GraphParameter parameter(String name, TensorType type) {
    if (!type.shape().isFixed()) {
      throw new GraphException.BadGraph(
          "The parameter '"
              + name
              + "' needs known sizes, got "
              + type
              + ": only inputs may have named dimensions.");
    }
    GraphParameter parameter = new GraphParameter(this, count++, type, name);
    register(name, parameter);
    return parameter;
  }

  /** A constant. */
  public Constant constant(Tensor tensor) {
    Object key = tensor.length() <= INTERNED_ELEMENTS ? constantKey(tensor) : tensor;
    return constants.computeIfAbsent(key, k -> new Constant(this, count++, tensor));
  }

  private static ConstantKey constantKey(Tensor tensor) {
    return new ConstantKey(
        tensor.type(), IntStream.range(0, tensor.length()).mapToObj(tensor::bits).toList());
  }

  /** How many values this builder has made. */
  public int size() {
    return count;
  }

  /** The inputs, in the order they were declared. */
  List<Input> inputs() {
    return names.values().stream()
        .filter(Input.class::isInstance)
        .map(Input.class::cast)
        .distinct()
        .sorted(Comparator.comparingInt(Value::id))
        .toList();
  }

  /** The value of that name. */
  public Optional<Value> named(String name) {
    return Optional.ofNullable(names.get(name));
  }

  void register(String name, Value value) {
    Value earlier = names.putIfAbsent(name, value);
    if (earlier != null && earlier != value) {
      throw new GraphException.BadGraph(
          "The name '"
              + name
              + "' is taken by "
              + earlier
              + "; give "
              + value.type()
              + " another one.");
    }
  }

  /** The op of that name applied with attributes as plain data; absent ones take their defaults. */
  public Value apply(OpId id, Map<String, ?> attributes, List<Value> inputs) {
    return only(tuple(id, attributes, inputs));
  }

  /** The op of that name applied with its record of attributes. */
  public Value apply(OpId id, Record attributes, List<Value> inputs) {
    return only(tuple(id, attributes, inputs));
  }

  /**
   * An op applied to values, registered or not; nodes of equal ops are shared.
   *
   * @throws GraphException.BadGraph if the op has several outputs
   */
  public <A extends Record> Value apply(Op<A> op, A attributes, List<? extends Value> inputs) {
    return only(tuple(op, attributes, inputs));
  }

  private Value only(Tuple tuple) {
    if (tuple.parts().size() > 1) {
      throw new GraphException.BadGraph(tuple.op(), site(), ops.provider(tuple.op()));
    }
    return tuple.parts().getFirst();
  }

  /** The outputs of the op of that name, with attributes as plain data. */
  public Tuple tuple(OpId id, Map<String, ?> attributes, List<Value> inputs) {
    Op<Record> op = found(id);
    try {
      return tuple(op, op.schema().read(attributes), inputs);
    } catch (GraphException.BadAttribute e) {
      throw new GraphException.BadAttribute(id, e, site(), ops.provider(op));
    }
  }

  /** The outputs of the op of that name, with its record of attributes. */
  public Tuple tuple(OpId id, Record attributes, List<Value> inputs) {
    Op<Record> op = found(id);
    Schema<Record> schema = op.schema();
    Map<String, Object> data;
    try {
      data = schema.write(attributes);
    } catch (ClassCastException e) {
      throw new GraphException.BadAttribute(
          id,
          new GraphException.BadAttribute(
              "The record "
                  + attributes.getClass().getSimpleName()
                  + " does not hold its attributes; "
                  + schema.known()
                  + "."),
          site(),
          ops.provider(op));
    }
    return tuple(id, data, inputs);
  }

  private Op<Record> found(OpId id) {
    try {
      return erased(ops.op(id));
    } catch (GraphException.UnknownOp e) {
      throw new GraphException.UnknownOp(e, site());
    }
  }

  /** All outputs of an op applied to values, registered or not; nodes of equal ops are shared. */
  public <A extends Record> Tuple tuple(Op<A> op, A attributes, List<? extends Value> inputs) {
    List<Value> arguments = ImmutableList.copyOf(inputs);
    OpSignature signature = op.signature();
    check(op, attributes, signature, arguments);
    Key key =
        new Key(
            op,
            attributes,
            arguments.stream().map(Value::id).collect(ImmutableList.toImmutableList()));
    Tuple known = applications.get(key);
    if (known != null) {
      return known;
    }
    Site site = site();
    List<String> names = signature.outputs();
    List<Value> bodies =
        op instanceof Composite<A> composite
            ? expand(composite, attributes, arguments, names)
            : List.of();
    List<TensorType> types =
        bodies.isEmpty()
            ? asked(op, arguments, names, "infer", () -> op.inferAll(attributes, types(arguments)))
            : bodies.stream().map(Value::type).toList();
    Tuple made = new Tuple(this, count, erased(op), attributes, arguments, types, bodies, site);
    count += names.size();
    applications.put(key, made);
    return made;
  }

  private <A extends Record> List<Value> expand(
      Composite<A> op, A attributes, List<Value> inputs, List<String> outputs) {
    if (nesting == MAX_NESTING) {
      throw broken(op, "its expansion contains itself, or nests deeper than " + MAX_NESTING);
    }
    nesting++;
    try {
      List<Value> bodies =
          asked(
              op, inputs, outputs, "forward", () -> op.forwardAll(attributes, new Values(inputs)));
      for (Value value : Reachable.from(bodies, ImmutableSet.copyOf(inputs)::contains)) {
        boolean captured = value instanceof Input || value instanceof GraphParameter;
        if (value.builder() != this || (captured && !inputs.contains(value))) {
          throw broken(op, "forward reads " + value + ", which is not among its inputs");
        }
      }
      return bodies;
    } finally {
      nesting--;
    }
  }

  /** What a rule of the op says, its refusals and mistakes told with all that is known of them. */
  private <T> List<T> asked(
      Op<?> op,
      List<Value> inputs,
      List<String> outputs,
      String one,
      Supplier<@Nullable List<T>> rule) {
    String method = outputs.size() == 1 ? one : one + "All";
    try {
      @Nullable List<T> answer = rule.get();
      if (answer == null || answer.stream().anyMatch(Objects::isNull)) {
        throw broken(op, method + " returned null");
      }
      if (outputs.size() > 1 && !mayBeOfSeveral(op)) {
        throw broken(
            op,
            "its signature gives "
                + outputs
                + "; only a Kernel.Several, a Reduction.Several or a Composite.Several may");
      }
      if (answer.size() != outputs.size()) {
        throw broken(
            op,
            "its signature gives %d outputs, %s, but %s gives %d"
                .formatted(outputs.size(), outputs, method, answer.size()));
      }
      return ImmutableList.copyOf(answer);
    } catch (GraphException e) {
      throw e;
    } catch (InputTypes.Refusal e) {
      throw refused(op, inputs, reason(e));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      if (!refuses(e)) {
        throw new GraphException.BadOp(op.id(), method, e, site(), ops.provider(op));
      }
      GraphException told = refused(op, inputs, reason(e));
      told.initCause(e);
      throw told;
    }
  }

  private static boolean mayBeOfSeveral(Op<?> op) {
    return switch (op) {
      case Kernel<?> kernel -> true;
      case Reduction<?> reduction -> true;
      case Composite<?> composite -> true;
      case Pointwise<?> pointwise -> false;
      case Contraction<?> contraction -> false;
      case View<?> view -> false;
    };
  }

  /** Whether it is a refusal. A NumberFormatException is not, nor is another kind of accident. */
  private static boolean refuses(Throwable thrown) {
    return thrown.getClass() == IllegalArgumentException.class && thrown.getMessage() != null;
  }

  private static String reason(Throwable refusal) {
    return String.valueOf(refusal.getMessage()).replaceAll("\\.$", "");
  }

  private <A extends Record> void check(
      Op<A> op, A attributes, OpSignature signature, List<Value> inputs) {
    for (Value input : inputs) {
      if (input.builder() != this) {
        throw new GraphException.BadGraph(
            op.id()
                + " mixes values of two builders; '"
                + input.label()
                + "' belongs to another. Make all values of a graph with one GraphBuilder.");
      }
    }
    signature
        .misfit(types(inputs))
        .ifPresent(why -> {
          throw refused(
              op, inputs, sites ? why + FittingTypes.besides(op, attributes, inputs) : why);
        });
  }

  private GraphException refused(Op<?> op, List<Value> inputs, String why) {
    return new GraphException.BadTypes(op, inputs, why, site(), ops.provider(op));
  }

  private GraphException broken(Op<?> op, String what) {
    return new GraphException.BadOp(op.id(), what, site(), ops.provider(op));
  }

  private Site site() {
    return sites ? Site.caller() : Site.UNKNOWN;
  }

  static InputTypes types(List<Value> inputs) {
    return new InputTypes(
        inputs.stream().map(Value::type).collect(ImmutableList.toImmutableList()));
  }

  /**
   * An op whose record of attributes is known only at run time; apply() has checked that they fit.
   */
  @SuppressWarnings("unchecked")
  private static Op<Record> erased(Op<?> op) {
    return (Op<Record>) op;
  }

  /** A graph of named outputs. */
  public Graph graph(Map<String, Value> outputs) {
    return graph(outputs, Map.of());
  }

  /**
   * A graph of named outputs and of parameters' new values: a run computes the outputs, then sets
   * each parameter to its new value, all from the values before the run.
   */
  public Graph graph(Map<String, Value> outputs, Map<GraphParameter, Value> updates) {
    updates.forEach((parameter, value) -> {
      if (!parameter.type().equals(value.type())) {
        throw new GraphException.BadGraph(
            "The new value of "
                + parameter
                + " has the type "
                + value.type()
                + "; it needs the type of the parameter.");
      }
    });
    return Graph.of(outputs, updates, ops);
  }
}
