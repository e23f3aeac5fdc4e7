package io.deltagraph.onnx.read;

import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Scaling;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Preparation;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A model that was read as one that predicts for tables: where it goes from one matrix of a named
 * number of rows to another, and says what its columns and classes are called, or they are
 * numbered.
 */
final class TableForm {
  private TableForm() {}

  /** The model under that name; empty if tables do not fit it. */
  static Optional<SavedModel> of(String name, OnnxModel model) {
    Graph graph = model.graph();
    if (graph.inputs().size() != 1) {
      return Optional.empty();
    }
    Input input = graph.inputs().getFirst();
    Value output = graph.outputs().values().iterator().next();
    OptionalInt features = width(input);
    OptionalInt outputs = width(output);
    if (features.isEmpty()
        || outputs.isEmpty()
        || outputs.getAsInt() == 0
        || !input.shape().dim(0).equals(output.shape().dim(0))) {
      return Optional.empty();
    }
    Map<String, String> metadata = model.metadata();
    List<String> columns = names(metadata, "column.", features.getAsInt(), "x", 1);
    Outcome outcome = outcome(metadata, output, outputs.getAsInt());
    Scaling none =
        new Scaling(
            columns,
            Collections.nCopies(columns.size(), 0.0),
            Collections.nCopies(columns.size(), 1.0));
    FeatureColumns numbers =
        new FeatureColumns(
            columns.stream()
                .<FeatureColumns.Column>map(column ->
                    new FeatureColumns.Column.Numeric(column, new FeatureColumns.Blank.Refused()))
                .toList());
    return Optional.of(
        new SavedModel(
            name,
            new Preparation(numbers, 1, none, outcome),
            form(metadata, outputs.getAsInt()),
            output.builder().graph(Map.of(Network.OUTPUTS, output)),
            model.parameters()));
  }

  private static OptionalInt width(Value value) {
    Shape shape = value.shape();
    boolean table =
        value.dtype().isFloat()
            && shape.rank() == 2
            && !shape.dim(0).isFixed()
            && shape.dim(1).isFixed();
    return table ? OptionalInt.of(shape.dim(1).size()) : OptionalInt.empty();
  }

  /** Those that the file gives, if it gives as many different ones; else numbers after a letter. */
  private static List<String> names(
      Map<String, String> metadata, String key, int count, String letter, int first) {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < count && metadata.containsKey(key + i); i++) {
      given.add(metadata.getOrDefault(key + i, ""));
    }
    return given.size() == count && given.stream().distinct().count() == count
        ? given
        : IntStream.range(first, first + count).mapToObj(i -> letter + i).toList();
  }

  /** Classes where there are names of them, several outputs, or the probability of an event. */
  private static Outcome outcome(Map<String, String> metadata, Value output, int outputs) {
    String column = metadata.getOrDefault("outcome", "outcome");
    boolean event =
        output instanceof Apply apply
            && apply.op().codomain(apply.attributes(), 2) == Codomain.EVENT_PROBABILITIES;
    if (outputs == 1 && !event && !metadata.containsKey("class.0")) {
      return new Outcome.Numbers(column);
    }
    List<String> classes = names(metadata, "class.", Math.max(2, outputs), "", 0);
    return new Outcome.Classes(column, classes, classes);
  }

  private static TargetForm form(Map<String, String> metadata, int outputs) {
    String given = metadata.getOrDefault("form", "");
    for (TargetForm form : TargetForm.values()) {
      if (form.name().equals(given)) {
        return form;
      }
    }
    return outputs == 1 ? TargetForm.BITS : TargetForm.INDICES;
  }
}
