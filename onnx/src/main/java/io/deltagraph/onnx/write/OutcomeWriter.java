package io.deltagraph.onnx.write;

import io.deltagraph.data.FeatureColumns;
import io.deltagraph.graph.Value;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the outputs of a net mean: classes by their names, or numbers as the table has them. */
final class OutcomeWriter {
  private final OnnxExport.Draft draft;
  private final NodeList nodes;
  private final Dim rows;

  OutcomeWriter(OnnxExport.Draft draft, Dim rows) {
    this.draft = draft;
    this.nodes = draft.nodes();
    this.rows = rows;
  }

  void write(SavedModel model, GraphNodes values) {
    Map.Entry<String, Value> first = model.graph().outputs().entrySet().iterator().next();
    Value output = first.getValue();
    String written =
        draft.output(first.getKey(), values.name(output), output.dtype(), output.shape());
    values.name(output, written);
    nodes.scope("prediction");
    switch (model.preparation().outcome()) {
      case Outcome.Classes classes -> {
        String place = place(model, written, output);
        String name = nodes.add("Gather", nodes.texts(classes.names()), place);
        int texts = TensorProto.DataType.STRING.getNumber();
        draft.output("prediction", name, texts, Shape.of(rows));
      }
      case Outcome.Numbers numbers -> {
        String number = draft.sizes().cast(column(written), output.dtype(), DType.F64);
        if (numbers.isScaled()) {
          String spread = nodes.add("Mul", number, nodes.constant(DType.F64, numbers.divisor()));
          number = nodes.add("Add", spread, nodes.constant(DType.F64, numbers.shift()));
        }
        draft.output("prediction", number, DType.F64, Shape.of(rows));
      }
    }
    nodes.scope("");
  }

  private String column(String matrix) {
    return nodes.add("Squeeze", matrix, nodes.constant(List.of(1)));
  }

  /** As {@link io.deltagraph.serving.TargetForm#predictedClass} decides. */
  private String place(SavedModel model, String outputs, Value output) {
    if (!output.shape().dim(1).isOne()) {
      return nodes.add("ArgMax", Map.of("axis", 1, "keepdims", 0), outputs);
    }
    DType dtype = output.dtype();
    String column = column(outputs);
    String second =
        switch (model.form()) {
          case SIGNS -> nodes.add("GreaterOrEqual", column, nodes.constant(dtype, 0));
          case LOGITS -> nodes.add("Greater", column, nodes.constant(dtype, 0));
          case INDICES, SIGNED_ROWS, BITS, ONE_HOT ->
              nodes.add("GreaterOrEqual", column, nodes.constant(dtype, 0.5));
        };
    return draft.sizes().cast(second, DType.BOOL, DType.I64);
  }

  /**
   * The names of columns and classes, in order, and what the outputs say of classes, for whoever
   * reads the file.
   */
  static Map<String, String> metadata(SavedModel model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("outcome", model.preparation().outcome().column());
    metadata.put("form", model.form().name());
    int place = 0;
    for (FeatureColumns.Column column : model.preparation().columns().columns()) {
      metadata.put("column." + place++, column.name());
    }
    if (model.preparation().outcome() instanceof Outcome.Classes classes) {
      for (int i = 0; i < classes.names().size(); i++) {
        metadata.put("class." + i, classes.names().get(i));
      }
    }
    return metadata;
  }
}
