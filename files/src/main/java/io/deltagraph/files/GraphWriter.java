package io.deltagraph.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes graphs as JSON and refuses what could not be read back. */
final class GraphWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator out;
  private final String file;
  private final Map<Value, Integer> positions = new HashMap<>();

  private GraphWriter(JsonGenerator out, String file) {
    this.out = out;
    this.file = file;
  }

  /** Writes JSON. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  /** JSON as text, with the outer levels on lines of their own; without any space for none. */
  static String json(int levels, String file, Content content) throws ModelFileException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      if (levels > 0) {
        out.setPrettyPrinter(new LineBreaks(levels));
      }
      content.write(out);
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw refuse(file, "It cannot be written as JSON: " + e.getMessage(), "", e);
    }
    return text.append('\n').toString();
  }

  /** Writes one object. */
  static void write(JsonGenerator out, Graph graph, String file) throws IOException {
    new GraphWriter(out, file).write(graph);
  }

  private void write(Graph graph) throws IOException {
    limit("nodes", graph.nodes().size(), Limits.NODES);
    limit("outputs", graph.outputs().size(), Limits.OUTPUTS);
    out.writeStartObject();
    out.writeStringField("format", GraphJson.FORMAT);
    boolean several = graph.nodes().stream().anyMatch(GraphWriter::isOneOfSeveral);
    out.writeNumberField("version", several ? GraphJson.VERSION : GraphJson.OLDEST);
    out.writeArrayFieldStart("nodes");
    for (Value value : graph.nodes()) {
      positions.put(value, positions.size());
      out.writeStartObject();
      write(value);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("outputs");
    for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
      out.writeNumberField(name(output.getKey()), position(output.getValue()));
    }
    out.writeEndObject();
    out.writeObjectFieldStart("updates");
    for (Map.Entry<GraphParameter, Value> update : graph.updates().entrySet()) {
      out.writeNumberField(name(update.getKey().label()), position(update.getValue()));
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void write(Value value) throws IOException {
    switch (value) {
      case Input input -> out.writeStringField("input", name(input.label()));
      case GraphParameter parameter -> out.writeStringField("parameter", name(parameter.label()));
      case Constant constant ->
          limit(
              "elements of the constant " + Names.shown(constant.label()),
              constant.tensor().length(),
              Limits.CONSTANT_ELEMENTS);
      case Apply apply -> write(apply);
    }
    out.writeStringField("type", value.type().toString());
    if (value instanceof Constant constant) {
      out.writeFieldName("constant");
      ElementsJson.write(out, constant.tensor());
    }
    if (value instanceof Apply || value instanceof Constant) {
      Optional<String> name = value.name();
      if (name.isPresent()) {
        out.writeStringField("name", name(name.get()));
      }
    }
  }

  private void write(Apply apply) throws IOException {
    limit("inputs of " + apply.op().id(), apply.inputs().size(), Limits.INPUTS_PER_NODE);
    out.writeStringField("op", apply.op().id().name());
    if (isOneOfSeveral(apply)) {
      out.writeStringField("output", name(apply.op().signature().outputs().get(apply.index())));
    }
    Map<String, Object> attributes = attributes(apply);
    if (!attributes.isEmpty()) {
      out.writeObjectFieldStart("attributes");
      for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
        out.writeFieldName(attribute.getKey());
        attribute(apply, attribute.getValue());
      }
      out.writeEndObject();
    }
    out.writeArrayFieldStart("inputs");
    for (Value input : apply.inputs()) {
      out.writeNumber(position(input));
    }
    out.writeEndArray();
  }

  private static boolean isOneOfSeveral(Value value) {
    return value instanceof Apply apply && apply.tuple().parts().size() > 1;
  }

  private Map<String, Object> attributes(Apply apply) throws ModelFileException {
    OpLookup ops = apply.builder().ops();
    try {
      Map<String, Object> attributes = apply.op().schema().write(apply.attributes());
      ops.op(apply.op().id());
      return attributes;
    } catch (GraphException e) {
      throw refuse(
          file,
          "The node " + Names.shown(apply.label()) + " cannot be saved: " + e.getMessage(),
          "Save a graph of registered ops only, such as the one without gradients.",
          e);
    }
  }

  private void attribute(Apply apply, Object value) throws IOException {
    switch (value) {
      case Integer number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case Double number -> out.writeString(number.toString());
      case Boolean flag -> out.writeBoolean(flag);
      case String text when text.length() <= Limits.ATTRIBUTE_LENGTH -> out.writeString(text);
      case List<?> list -> {
        limit(
            "numbers in an attribute of " + apply.op().id(), list.size(), Limits.ATTRIBUTE_LENGTH);
        out.writeStartArray();
        for (Object element : list) {
          attribute(apply, element);
        }
        out.writeEndArray();
      }
      default ->
          throw refuse(
              file,
              "The node " + Names.shown(apply.label()) + " has an attribute that no file can hold.",
              "Attributes are short plain data; tell who provides " + apply.op().id() + ".",
              null);
    }
  }

  private int position(Value value) throws ModelFileException {
    Integer position = positions.get(value);
    if (position == null) {
      throw refuse(file, "The value " + value + " is not part of its graph.", "", null);
    }
    return position;
  }

  private String name(String name) throws ModelFileException {
    Optional<String> fault = Names.fault(name);
    if (fault.isPresent()) {
      throw refuse(
          file,
          "The name '" + Names.shown(name) + "' " + fault.get() + ".",
          "Give the value another name.",
          null);
    }
    return name;
  }

  private void limit(String what, int count, int most) throws ModelFileException {
    if (count > most) {
      throw refuse(
          file,
          "A file holds at most " + most + " " + what + ", got " + count + ".",
          "Split the graph, or make a big constant a parameter.",
          null);
    }
  }

  private static ModelFileException refuse(
      String file, String what, String remedy, @Nullable Throwable cause) {
    return new ModelFileException(what, file, "", remedy, cause);
  }
}
