package io.deltagraph.onnx.note;

import io.deltagraph.graph.Apply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which op some nodes of a file were written for. As text, in the documentation of the last of
 * these nodes, it is one line for the op, each input, each output and each attribute:
 *
 * <pre>{@code
 * deltagraph op softmax
 * from x
 * to y
 * with axis -1
 * with temperature 0.5
 * }</pre>
 *
 * @param op the name of the op
 * @param inputs the names of its inputs in the file
 * @param outputs the names of its outputs in the file, empty where one is not in it
 * @param attributes plain data by name, as in {@link io.deltagraph.graph.Schema#write}
 */
public record OpNote(
    String op, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {
  private static final String OP = "deltagraph op ";
  private static final String FROM = "from ";
  private static final String TO = "to ";
  private static final String WITH = "with ";

  /** What is longer is no note. */
  private static final int LONGEST = 1 << 13;

  /** Copies the lists and the map. */
  public OpNote {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** The note of a node whose inputs and outputs have these names. */
  public static OpNote of(Apply node, List<String> inputs, List<String> outputs) {
    return new OpNote(
        node.op().id().name(), inputs, outputs, node.op().schema().write(node.attributes()));
  }

  /** The same with other names for outputs. */
  public OpNote renamed(UnaryOperator<String> inputNames, UnaryOperator<String> outputNames) {
    return new OpNote(
        op,
        inputs.stream().map(inputNames).toList(),
        outputs.stream().map(outputNames).toList(),
        attributes);
  }

  /** As lines; empty where a name or a text would not stay in its line. */
  public Optional<String> text() {
    StringBuilder lines = new StringBuilder(OP).append(op).append('\n');
    inputs.forEach(name -> lines.append(FROM).append(name).append('\n'));
    outputs.forEach(name -> lines.append(TO).append(name).append('\n'));
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one ->
            lines
                .append(WITH)
                .append(one.getKey())
                .append(' ')
                .append(shown(one.getValue()))
                .append('\n'));
    String text = lines.toString();
    return of(text).equals(List.of(this)) ? Optional.of(text) : Optional.empty();
  }

  private static String shown(Object value) {
    return value instanceof String text ? '"' + text + '"' : value.toString();
  }

  /** The notes in the documentation of a node, in order; none where it is something else. */
  public static List<OpNote> of(String documentation) {
    if (!documentation.startsWith(OP) || documentation.length() > LONGEST) {
      return List.of();
    }
    List<OpNote> notes = new ArrayList<>();
    for (String line : documentation.split("\n", -1)) {
      if (line.startsWith(OP)) {
        notes.add(new OpNote(line.substring(OP.length()), List.of(), List.of(), Map.of()));
      } else if (!line.isEmpty()) {
        @Nullable OpNote more = notes.getLast().with(line);
        if (more == null) {
          return List.of();
        }
        notes.set(notes.size() - 1, more);
      }
    }
    return notes;
  }

  private @Nullable OpNote with(String line) {
    if (line.startsWith(FROM)) {
      return new OpNote(op, and(inputs, line.substring(FROM.length())), outputs, attributes);
    }
    if (line.startsWith(TO)) {
      return new OpNote(op, inputs, and(outputs, line.substring(TO.length())), attributes);
    }
    String[] parts = line.split(" ", 3);
    @Nullable Object value = line.startsWith(WITH) && parts.length == 3 ? value(parts[2]) : null;
    if (value == null) {
      return null;
    }
    Map<String, Object> more = new LinkedHashMap<>(attributes);
    more.put(parts[1], value);
    return new OpNote(op, inputs, outputs, more);
  }

  private static List<String> and(List<String> some, String one) {
    List<String> all = new ArrayList<>(some);
    all.add(one);
    return all;
  }

  private static @Nullable Object value(String text) {
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    try {
      if (text.startsWith("[") && text.endsWith("]")) {
        List<Object> all = new ArrayList<>();
        String inside = text.substring(1, text.length() - 1);
        for (String one : inside.isEmpty() ? new String[0] : inside.split(", ", -1)) {
          all.add(Integer.valueOf(one));
        }
        return List.copyOf(all);
      }
      return text.matches("-?[0-9]+") ? (Object) Integer.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
