package io.deltagraph.files;

import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads graphs from JSON, applying each op anew so that every type is inferred and compared. */
final class GraphReader {
  private final JsonInput in;
  private final GraphBuilder builder;
  private final List<Value> values = new ArrayList<>();
  private final Map<String, Integer> outputs = new LinkedHashMap<>();
  private final Map<String, Integer> updates = new LinkedHashMap<>();
  private @Nullable String format;
  private long version = -1;
  private boolean named;
  private boolean complete;

  private GraphReader(JsonInput in, OpLookup ops) {
    this.in = in;
    this.builder = GraphBuilder.withoutSites(ops);
  }

  /** What one node's object holds. */
  private static final class Node {
    private @Nullable String kind;
    private String text = "";
    private @Nullable String output;
    private @Nullable String type;
    private @Nullable String name;
    private @Nullable Value constant;
    private boolean applied;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<Value> inputs = new ArrayList<>();
  }

  /** Reads one object, whose first token is current. */
  static Graph read(JsonInput in, OpLookup ops) throws ModelFileException {
    return new GraphReader(in, ops).read();
  }

  private Graph read() throws ModelFileException {
    in.object(name -> {
      switch (name) {
        case "format" -> format = in.nameText();
        case "version" -> version = in.count(Integer.MAX_VALUE);
        case "nodes" -> nodes();
        case "outputs" -> references(outputs);
        case "updates" -> references(updates);
        default -> throw unknown(name, "format, version, nodes, outputs and updates");
      }
    });
    header(in, format, GraphJson.FORMAT, version, GraphJson.OLDEST, GraphJson.VERSION);
    if (named && version < GraphJson.VERSION) {
      throw in.refuse(
          "A node names one of several outputs, which is known from version "
              + GraphJson.VERSION
              + " on; the file states version "
              + version
              + ".");
    }
    if (!complete || outputs.isEmpty()) {
      throw in.refuse("The graph lacks its nodes or has no output.");
    }
    return graph();
  }

  /** Refuses files of another format or version. */
  static void header(
      JsonInput in,
      @Nullable String format,
      String expected,
      long version,
      long oldest,
      long newest)
      throws ModelFileException {
    if (!expected.equals(format)) {
      throw in.refuse(
          "Its format is "
              + (format == null ? "not stated" : "'" + Names.shown(format) + "'")
              + ", expected '"
              + expected
              + "'.");
    }
    if (version < oldest || version > newest) {
      throw in.refuse(
          (version < 0 ? "It states no version" : "Its version is " + version)
              + "; this program reads "
              + (oldest == newest ? "version " : "versions " + oldest + " to ")
              + newest
              + ".");
    }
  }

  private void references(Map<String, Integer> target) throws ModelFileException {
    in.object(name -> {
      if (target.size() == Limits.OUTPUTS) {
        throw in.refuse("There are more than " + Limits.OUTPUTS + " outputs or updates.");
      }
      target.put(in.checkedName(name), (int) in.count(Limits.NODES - 1));
    });
  }

  private void nodes() throws ModelFileException {
    in.array(() -> {
      if (values.size() == Limits.NODES) {
        throw in.refuse("There are more than " + Limits.NODES + " nodes.");
      }
      values.add(node());
    });
    complete = true;
  }

  private Value node() throws ModelFileException {
    Node node = new Node();
    in.object(name -> {
      switch (name) {
        case "input", "parameter", "op" -> {
          kind(node, name);
          node.text = in.nameText();
        }
        case "constant" -> {
          kind(node, name);
          node.constant = constant(node);
        }
        case "output" -> {
          node.applied = true;
          node.output = in.nameText();
        }
        case "type" -> node.type = in.text(Limits.TYPE_LENGTH);
        case "name" -> node.name = in.nameText();
        case "attributes" -> {
          node.applied = true;
          in.object(attribute -> attribute(node, attribute));
        }
        case "inputs" -> {
          node.applied = true;
          in.array(() -> input(node));
        }
        default ->
            throw unknown(
                name,
                "one of input, parameter, constant and op, and type, name, output, attributes,"
                    + " inputs");
      }
    });
    return made(node);
  }

  private void kind(Node node, String kind) throws ModelFileException {
    if (node.kind != null) {
      throw in.refuse("A node is either '" + node.kind + "' or '" + kind + "', not both.");
    }
    node.kind = kind;
  }

  private Value constant(Node node) throws ModelFileException {
    TensorType type = type(node);
    if (!type.shape().isFixed() || type.shape().elements() > Limits.CONSTANT_ELEMENTS) {
      throw in.refuse(
          "A constant has known sizes and at most "
              + Limits.CONSTANT_ELEMENTS
              + " elements, got "
              + type
              + ".");
    }
    return builder.constant(ElementsJson.read(in, type));
  }

  private void attribute(Node node, String name) throws ModelFileException {
    if (node.attributes.size() == Limits.METADATA_ENTRIES) {
      throw in.refuse("There are more than " + Limits.METADATA_ENTRIES + " attributes.");
    }
    if (in.token() != JsonToken.START_ARRAY) {
      node.attributes.put(in.checkedName(name), scalar());
      return;
    }
    ImmutableList.Builder<Object> list = ImmutableList.builder();
    int[] count = {0};
    in.array(() -> {
      if (count[0]++ == Limits.ATTRIBUTE_LENGTH) {
        throw in.refuse("The list is longer than " + Limits.ATTRIBUTE_LENGTH + ".");
      }
      list.add(scalar());
    });
    node.attributes.put(in.checkedName(name), list.build());
  }

  private Object scalar() throws ModelFileException {
    try {
      return switch (in.token()) {
        case VALUE_STRING -> in.text(Limits.ATTRIBUTE_LENGTH);
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NUMBER_INT -> Long.valueOf(in.raw());
        case VALUE_NUMBER_FLOAT -> finite(Double.parseDouble(in.raw()));
        case null, default ->
            throw in.refuse(
                "An attribute is a number, a truth value, a string or a list of whole numbers.");
      };
    } catch (NumberFormatException e) {
      throw in.refuse("The number is too large.", e);
    }
  }

  private Double finite(double value) throws ModelFileException {
    if (!Double.isFinite(value)) {
      throw in.refuse("The number is too large for f64.");
    }
    return value;
  }

  private void input(Node node) throws ModelFileException {
    if (node.inputs.size() == Limits.INPUTS_PER_NODE) {
      throw in.refuse("A node has at most " + Limits.INPUTS_PER_NODE + " inputs.");
    }
    int position = (int) in.count(Limits.NODES);
    if (position >= values.size()) {
      throw in.refuse(
          "The input "
              + position
              + " does not come before its use; only "
              + values.size()
              + " nodes do.");
    }
    node.inputs.add(values.get(position));
  }

  private Value made(Node node) throws ModelFileException {
    TensorType type = type(node);
    String kind = node.kind == null ? "" : node.kind;
    if (node.applied != kind.equals("op")) {
      throw in.refuse("An op has inputs, and nothing else has inputs or attributes.");
    }
    Value value =
        switch (kind) {
          case "input" -> guarded(() -> builder.input(node.text, type));
          case "parameter" -> guarded(() -> builder.parameter(node.text, type));
          case "op" -> part(node);
          default -> {
            if (node.constant == null) {
              throw in.refuse("A node is one of input, parameter, constant and op.");
            }
            yield node.constant;
          }
        };
    if (!value.type().equals(type)) {
      throw in.refuse(
          "The node's type is " + value.type() + " by its op, but " + type + " by the file.");
    }
    if (value.id() > Limits.EXPANDED_NODES) {
      throw in.refuse(
          "With its composites expanded the graph has more than "
              + Limits.EXPANDED_NODES
              + " nodes.");
    }
    String name = node.name;
    if (name != null) {
      if (kind.equals("input") || kind.equals("parameter")) {
        throw in.refuse("An input or parameter has one name only.");
      }
      guarded(() -> value.named(name));
    }
    return value;
  }

  /** The output of an op, which a node names where there are several. */
  private Value part(Node node) throws ModelFileException {
    Tuple tuple = guarded(() -> builder.tuple(OpId.of(node.text), node.attributes, node.inputs));
    List<String> outputs = tuple.op().signature().outputs();
    String output = node.output;
    if ((output == null) != (outputs.size() == 1)) {
      throw in.refuse(
          output == null
              ? "The op '%s' has several outputs, %s; a node names one of them by \"output\"."
                  .formatted(tuple.op().id(), String.join(", ", outputs))
              : "The op '%s' has one output, which no node names.".formatted(tuple.op().id()));
    }
    named |= output != null;
    return guarded(() -> output == null ? tuple.part(0) : tuple.part(output));
  }

  private TensorType type(Node node) throws ModelFileException {
    String text = node.type;
    int bracket = text == null ? -1 : text.indexOf('[');
    if (text == null || bracket < 0) {
      throw in.refuse("A node has a type such as f64[N, 3], given before its elements.");
    }
    return guarded(() -> {
      Shape shape = Shape.parse(text.substring(bracket));
      if (shape.isFixed()) {
        shape.elements();
      }
      return new TensorType(DType.parse(text.substring(0, bracket)), shape);
    });
  }

  /** Whatever an op or the builder makes of hostile input becomes a refusal at this place. */
  private <T> T guarded(Supplier<T> work) throws ModelFileException {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw in.refuse(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  private Graph graph() throws ModelFileException {
    Map<String, Value> results = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> output : outputs.entrySet()) {
      results.put(output.getKey(), value(output.getValue()));
    }
    Map<GraphParameter, Value> changes = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> update : updates.entrySet()) {
      if (!(builder.named(update.getKey()).orElse(null) instanceof GraphParameter parameter)) {
        throw in.refuse("There is no parameter '" + Names.shown(update.getKey()) + "' to update.");
      }
      changes.put(parameter, value(update.getValue()));
    }
    Graph graph = guarded(() -> builder.graph(results, changes));
    if (graph.nodes().size() != values.size()) {
      throw in.refuse(
          "It has "
              + values.size()
              + " nodes, of which "
              + (values.size() - graph.nodes().size())
              + " repeat another or are used by no output.");
    }
    return graph;
  }

  private Value value(int position) throws ModelFileException {
    if (position >= values.size()) {
      throw in.refuse("There is no node " + position + "; there are " + values.size() + ".");
    }
    return values.get(position);
  }

  private ModelFileException unknown(String name, String known) {
    return in.refuse("The field '" + Names.shown(name) + "' is unknown; there are " + known + ".");
  }
}
