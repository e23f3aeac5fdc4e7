package io.deltagraph.graph;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that the engine refuses. All messages are composed in this file: what, got, expected,
 * where in the user's source, which provider, what to do.
 */
public abstract sealed class GraphException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private GraphException(String message) {
    super(message);
  }

  /** The rows that say where a node was made and whose op it is. */
  private static String source(OpId op, Site site, String provider) {
    return "\n  built   " + site + "\n  op      " + op + "  " + provider;
  }

  /** What ends in one full stop, also where it quotes a sentence. */
  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private static String provider(Apply node) {
    return node.builder().ops().provider(node.op());
  }

  /** No op has that name. */
  public static final class UnknownOp extends GraphException {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final transient Site site;

    /**
     * A failed look-up.
     *
     * @param name what was asked for
     * @param near names like it, nearest first, each with its provider
     * @param registered a summary of what is registered
     * @param failures providers that failed to load, each with its reason
     */
    public UnknownOp(String name, List<String> near, String registered, List<String> failures) {
      super(
          "No op named '"
              + name
              + "'."
              + (isAt(home(name), near)
                  ? ""
                  : " Is the jar that provides it on the module path, on the class path or among"
                      + " the plugins, and is it allowed?")
              + (near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?")
              + "\n  Registered: "
              + registered
              + failures.stream()
                  .map(f -> "\n  One provider failed to load: " + f)
                  .collect(Collectors.joining()));
      this.name = name;
      this.site = Site.UNKNOWN;
    }

    /** The prefix with its colon, empty for a bare name. */
    private static String home(String name) {
      return name.substring(0, name.indexOf(':') + 1);
    }

    private static boolean isAt(String home, List<String> near) {
      return near.stream().anyMatch(other -> other.startsWith("'" + home));
    }

    /** The same, asked for at a line of the user's source. */
    UnknownOp(UnknownOp cause, Site site) {
      super(cause.getMessage() + (site.equals(Site.UNKNOWN) ? "" : "\n  built   " + site));
      this.name = cause.name;
      this.site = site;
      initCause(cause);
    }

    /** The line that asked for it, {@link Site#UNKNOWN} where no graph was being built. */
    public Site site() {
      return site;
    }

    /** What was asked for. */
    public String name() {
      return name;
    }
  }

  /** An op was given inputs that it cannot take. */
  public static final class BadTypes extends GraphException {
    private static final long serialVersionUID = 1L;
    private final transient OpId op;
    private final transient List<TensorType> types;
    private final String reason;

    BadTypes(Op<?> op, List<Value> inputs, String reason, Site site, String provider) {
      super(
          op.id()
              + " cannot take "
              + (inputs.isEmpty()
                  ? "no inputs"
                  : inputs.stream()
                      .map(v -> v.type().toString())
                      .collect(Collectors.joining(" and ")))
              + ": "
              + reason
              + "."
              + rows(op, inputs, site, provider));
      this.op = op.id();
      this.types = inputs.stream().map(Value::type).collect(ImmutableList.toImmutableList());
      this.reason = reason;
    }

    private static String rows(Op<?> op, List<Value> inputs, Site site, String provider) {
      int declared = op.signature().inputs().size();
      List<String> heads =
          IntStream.range(0, inputs.size())
              .mapToObj(i ->
                  i < declared || (op.signature().repeats() && declared > 0)
                      ? op.signature().input(i).name()
                      : "(extra)")
              .toList();
      int head = widest(heads.stream(), 6);
      int named = widest(inputs.stream().map(Value::label), 0);
      int typed = widest(inputs.stream().map(v -> v.type().toString()), 0);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < inputs.size(); i++) {
        Value input = inputs.get(i);
        text.append("\n  ")
            .append(Strings.padEnd(heads.get(i), head + 2, ' '))
            .append(Strings.padEnd(input.label(), named + 2, ' '))
            .append(Strings.padEnd(input.type().toString(), typed + 2, ' '))
            .append(origin(input));
      }
      return text + source(op.id(), site, provider);
    }

    private static int widest(Stream<String> texts, int least) {
      return Math.max(least, texts.mapToInt(String::length).max().orElse(0));
    }

    private static String origin(Value value) {
      return switch (value) {
        case Input input -> "input";
        case GraphParameter parameter -> "parameter";
        case Constant constant -> "constant";
        case Apply apply -> apply.op().id() + " of " + apply.site();
      };
    }

    /** The op that refused. */
    public OpId op() {
      return op;
    }

    /** What it was given. */
    public List<TensorType> types() {
      return types;
    }

    /** Why it refused. */
    public String reason() {
      return reason;
    }
  }

  /** An attribute is unknown, missing or of the wrong kind. */
  public static final class BadAttribute extends GraphException {
    private static final long serialVersionUID = 1L;

    /** The reason is a sentence. */
    public BadAttribute(String reason) {
      super(reason);
    }

    BadAttribute(OpId op, BadAttribute cause, Site site, String provider) {
      super(op + ": " + cause.getMessage() + source(op, site, provider));
      initCause(cause);
    }
  }

  /** An op breaks its contract. */
  public static final class BadOp extends GraphException {
    private static final long serialVersionUID = 1L;

    BadOp(OpId op, String what, Site site, String provider) {
      this(
          op,
          what,
          source(op, site, provider),
          "this is a mistake of the op, not of the graph: tell its provider");
    }

    /** A method of the op throws what it may not. */
    BadOp(OpId op, String method, Throwable cause, Site site, String provider) {
      this(op, method + " throws " + cause, source(op, site, provider), toDo(cause));
      initCause(cause);
    }

    private BadOp(OpId op, String what, String source, String toDo) {
      super(
          "The op '%s' breaks its contract: %s%s\n  to do   %s"
              .formatted(op, sentence(what), source, toDo));
    }

    private static String toDo(Throwable cause) {
      return cause instanceof NoClassDefFoundError missing
          ? "give the jar that has the class %s as well: the op's own jar lacks it"
              .formatted(String.valueOf(missing.getMessage()).replace('/', '.'))
          : "this is a mistake of the op, not of the graph: tell its provider";
    }

    /** What the op of that node did against which rule, as a sentence without its full stop. */
    public BadOp(Apply node, String what) {
      this(node.op().id(), what, node.site(), provider(node));
    }

    /** A method of the op throws what it may not. */
    public BadOp(Apply node, String method, Throwable cause) {
      this(node.op().id(), method, cause, node.site(), provider(node));
    }
  }

  /** A graph is put together wrongly: a name given twice, values of two builders. */
  public static final class BadGraph extends GraphException {
    private static final long serialVersionUID = 1L;

    /** The reason is a sentence. */
    public BadGraph(String reason) {
      super(reason);
    }

    /** An op of several outputs stands where one value is meant. */
    BadGraph(Op<?> op, Site site, String provider) {
      super(
          op.id()
              + " has "
              + outputs(op)
              + ". One value is meant here.\n  to do   apply it by 'tuple' and take one of them, as in"
              + " x.tuple(\""
              + op.id()
              + "\").part(\""
              + op.signature().outputs().getFirst()
              + "\")"
              + source(op.id(), site, provider));
    }

    /** An output is asked for that is not there, in the words of {@code what}. */
    BadGraph(Tuple node, String what) {
      super(
          node.op().id()
              + " has "
              + what
              + "; it has "
              + outputs(node.op())
              + "."
              + source(node.op().id(), node.site(), provider(node.parts().getFirst())));
    }

    private static String outputs(Op<?> op) {
      List<String> names = op.signature().outputs();
      return names.size() == 1
          ? "one output, '" + names.getFirst() + "'"
          : names.size() + " outputs: " + String.join(", ", names);
    }
  }

  /** There is no gradient where one is asked for. */
  public static final class NoGradient extends GraphException {
    private static final long serialVersionUID = 1L;

    /** The reason is a sentence. */
    public NoGradient(String reason) {
      super(reason);
    }

    /** An op on the way declares that it has no rule, for a reason that is a sentence. */
    public NoGradient(Apply node, int input, String why) {
      super(
          "There is no gradient through '"
              + node.op().id()
              + "' for its input '"
              + node.op().signature().input(input).name()
              + "': "
              + sentence(why)
              + source(node.op().id(), node.site(), provider(node)));
    }
  }

  /** A run was given values that do not fit the graph's inputs or parameters. */
  public static final class BadInput extends GraphException {
    private static final long serialVersionUID = 1L;

    /** The reason is a sentence. */
    public BadInput(String reason) {
      super(reason);
    }

    /** An op refuses the numbers that it was given in a run, such as an index outside an axis. */
    public BadInput(Apply node, BadInput cause) {
      super(cause.getMessage() + source(node.op().id(), node.site(), provider(node)));
      initCause(cause);
    }
  }

  /** Providers cannot be loaded together. */
  public static final class BadProvider extends GraphException {
    private static final long serialVersionUID = 1L;

    /** The reason is a sentence. */
    public BadProvider(String reason) {
      super(reason);
    }
  }
}
