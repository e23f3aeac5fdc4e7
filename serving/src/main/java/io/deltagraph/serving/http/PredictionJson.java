package io.deltagraph.serving.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.InputException;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Prediction;
import io.deltagraph.serving.Predictor;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows and predictions as JSON. */
final class PredictionJson {
  private static final int DEEPEST = 8;
  private static final int LONGEST_TEXT = 1 << 16; // as long as a cell of a table may be
  private static final int LONGEST_NUMBER = 400;

  private final JsonMapper mapper;
  private final Predictor predictor;
  private final List<String> classes;

  PredictionJson(Predictor predictor) {
    this.predictor = predictor;
    classes =
        switch (predictor.model().preparation().outcome()) {
          case Outcome.Classes known -> known.names();
          case Outcome.Numbers ignored -> List.of();
        };
    mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNameLength(LONGEST_TEXT)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** JSON in one line, or in lines for people. */
  byte[] bytes(JsonNode node, boolean forPeople) {
    try {
      return forPeople
          ? mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(node)
          : mapper.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of numbers and texts is always JSON.", e);
    }
  }

  JsonNode error(String line) {
    return mapper.createObjectNode().put("error", line);
  }

  JsonNode health(String status) {
    return mapper.createObjectNode().put("status", status);
  }

  /** The answer to a body of one row or a list of rows. */
  JsonNode predict(byte[] body, int mostRows) throws Refusal {
    JsonNode node;
    try {
      node = mapper.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          "The body is not JSON that can be used" + place(e.getLocation()) + ".");
    } catch (IOException e) {
      throw new Refusal(Refusal.BAD_REQUEST, "The body is not JSON in UTF-8.");
    }
    if (node.isObject()) {
      return json(predictor.predict(cells(node, "the row")));
    }
    if (!node.isArray()) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          "The body has to be a JSON object, a row, or a list of rows; GET / shows one.");
    }
    requireRows(node.size(), mostRows);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode row : node) {
      String name = "row " + (rows.size() + 1);
      if (!row.isObject()) {
        throw new Refusal(
            Refusal.BAD_REQUEST, name + ": it has to be a JSON object; GET / shows one.");
      }
      rows.add(cells(row, name));
    }
    return json(predictor.predict(rows));
  }

  private static String place(@Nullable JsonLocation at) {
    return at == null ? "" : ": line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  static void requireRows(int rows, int most) throws Refusal {
    if (rows > most) {
      throw new Refusal(
          Refusal.TOO_LARGE,
          "%d rows are too many for one request: send at most %d.".formatted(rows, most));
    }
  }

  JsonNode json(List<Prediction> predictions) {
    ArrayNode list = mapper.createArrayNode();
    predictions.forEach(prediction -> list.add(json(prediction)));
    return list;
  }

  private ObjectNode json(Prediction prediction) {
    ObjectNode out = mapper.createObjectNode();
    switch (prediction) {
      case Prediction.OfClass(String name, int index, List<Double> probabilities) -> {
        out.put("class", name);
        if (!probabilities.isEmpty()) {
          ObjectNode shares = out.putObject("probabilities");
          for (int k = 0; k < classes.size(); k++) {
            shares.put(classes.get(k), probabilities.get(k));
          }
        }
      }
      case Prediction.OfNumber(double value) -> out.put("value", value);
    }
    return out;
  }

  /** The cells of a row as plain values; null where a cell is null. */
  private static Map<String, Object> cells(JsonNode row, String name) {
    Map<String, Object> cells = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      JsonNode cell = field.getValue();
      cells.put(
          field.getKey(),
          switch (cell.getNodeType()) {
            case NUMBER -> cell.numberValue();
            case BOOLEAN -> cell.booleanValue();
            case STRING -> cell.textValue();
            case NULL, MISSING -> "";
            case ARRAY -> List.of();
            case OBJECT -> Map.of();
            case BINARY, POJO ->
                throw new InputException(
                    name, "an unknown value", "a number or a text", "correct the row");
          });
    }
    return cells;
  }

  /** What the model takes and gives. */
  JsonNode description(String name, ServiceLimits limits) {
    SavedModel model = predictor.model();
    ObjectNode out = mapper.createObjectNode().put("model", name);
    ArrayNode columns = out.putArray("takes");
    for (FeatureColumns.Column column : model.preparation().columns().columns()) {
      ObjectNode one = columns.addObject().put("column", column.name());
      switch (column) {
        case FeatureColumns.Column.Numeric ignored -> one.put("holds", "numbers");
        case FeatureColumns.Column.Dated ignored -> one.put("holds", "dates");
        case FeatureColumns.Column.OneHot categories ->
            categories.values().forEach(one.put("holds", "categories").putArray("categories")::add);
      }
      if (column.blank() instanceof FeatureColumns.Blank.Filled) {
        one.put("mayBeBlank", true);
      }
    }
    ObjectNode gives = out.putObject("gives").put("column", model.preparation().outcome().column());
    if (classes.isEmpty()) {
      gives.put("holds", "numbers");
    } else {
      classes.forEach(gives.put("holds", "classes").putArray("classes")::add);
    }
    out.putObject("limits")
        .put("bodyBytes", limits.bodyBytes())
        .put("rows", limits.rows())
        .put("seconds", limits.time().toMillis() / 1000.0)
        .put("requests", limits.requests());
    ObjectNode example = out.putObject("example").put("request", "POST /predict");
    ObjectNode row = example.putObject("body");
    ExampleRow.of(model)
        .forEach((column, cell) -> {
          if (cell instanceof Number number) {
            row.put(column, number.doubleValue());
          } else {
            row.put(column, cell.toString());
          }
        });
    example.set("answer", json(predictor.predict(ExampleRow.of(model))));
    out.putArray("bodies")
        .add("one row as a JSON object")
        .add("a list of such rows")
        .add("CSV with a line of column names, sent as text/csv");
    out.put("beside", "names that the model does not take are left alone, in JSON as in CSV");
    return out;
  }
}
