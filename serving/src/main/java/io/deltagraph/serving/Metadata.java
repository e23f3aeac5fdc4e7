package io.deltagraph.serving;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Doubles;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.InputException;
import io.deltagraph.data.PolynomialFeatures;
import io.deltagraph.data.Scaling;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model's file says beside the graph: JSON of plain records, cut into pieces because an
 * entry of metadata is bounded.
 */
final class Metadata {
  private static final int VERSION = 1;
  private static final String PIECE = "preparation.";
  private static final int PIECE_LENGTH = 1 << 18;
  private static final int LONGEST = 1 << 24;
  private static final int LONGEST_NAME = 1 << 16; // as long as a cell of a table may be
  private static final int DEEPEST = 8;
  private static final int MOST_COLUMNS = 16_384;
  private static final int MOST_VALUES = 100_000;
  private static final double MOST_DAYS = 1e11;
  private static final String DAYS = "days";
  private static final String PARTS = "parts";

  private Metadata() {}

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(LONGEST)
                    .maxStringLength(LONGEST_NAME)
                    .maxNameLength(64)
                    .maxNumberLength(32)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }

  static Map<String, String> write(SavedModel model) {
    Preparation preparation = model.preparation();
    Document document =
        new Document(
            VERSION,
            model.name(),
            model.form().name(),
            preparation.degree(),
            preparation.columns().columns().stream().map(Metadata::column).toList(),
            Doubles.toArray(preparation.scaling().shifts()),
            Doubles.toArray(preparation.scaling().divisors()),
            predicted(preparation.outcome()));
    String json;
    try {
      json = mapper().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A document of numbers and texts is always JSON.", e);
    }
    ImmutableMap.Builder<String, String> pieces = ImmutableMap.builder();
    int count = 0;
    for (String piece : Splitter.fixedLength(PIECE_LENGTH).split(json)) {
      pieces.put(PIECE + count++, piece);
    }
    return pieces.buildOrThrow();
  }

  private static Document.Column column(FeatureColumns.Column column) {
    @Nullable List<@Nullable String> categories = null;
    @Nullable String dates = null;
    @Nullable Boolean zeros = null;
    switch (column) {
      case FeatureColumns.Column.Numeric ignored -> {}
      case FeatureColumns.Column.OneHot known -> {
        categories = known.values();
        zeros = known.unseenAsZeros() ? true : null;
      }
      case FeatureColumns.Column.Dated dated -> dates = dated.parts() ? PARTS : DAYS;
    }
    return switch (column.blank()) {
      case FeatureColumns.Blank.Refused() ->
          new Document.Column(column.name(), categories, dates, zeros, null, null);
      case FeatureColumns.Blank.Filled(double value, boolean indicated) ->
          new Document.Column(
              column.name(), categories, dates, zeros, value, indicated ? true : null);
    };
  }

  private static Document.Predicted predicted(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Numbers(String column, double shift, double divisor) ->
          new Document.Predicted(
              column, null, null, shift == 0 ? null : shift, divisor == 1 ? null : divisor);
      case Outcome.Classes(String column, List<String> values, List<String> names) ->
          new Document.Predicted(column, values, names, null, null);
    };
  }

  static SavedModel read(String file, ModelFiles.Model files) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; files.metadata().containsKey(PIECE + i) && json.length() <= LONGEST; i++) {
      json.append(files.metadata().get(PIECE + i));
    }
    if (json.isEmpty()) {
      throw refuse(file, "a graph with parameters, but nothing about columns and outcome");
    }
    try {
      Document document = mapper().readValue(json.toString(), Document.class);
      checkArgument(document != null, "nothing about columns and outcome");
      return model(document, files);
    } catch (JsonProcessingException e) {
      throw refuse(file, "a description of columns and outcome that is not the expected JSON");
    } catch (IllegalArgumentException e) {
      throw refuse(file, String.valueOf(e.getMessage()));
    }
  }

  private static InputException refuse(String file, String found) {
    return new InputException(
        file,
        found,
        "a model that 'train' has saved",
        "train it again, or take a copy of the file that is whole");
  }

  private static SavedModel model(Document document, ModelFiles.Model files) {
    checkArgument(document.version() == VERSION, "version %s", document.version());
    FeatureColumns columns = columns(document);
    Outcome outcome = outcome(present(document.outcome(), "outcome"));
    TargetForm form =
        Arrays.stream(TargetForm.values())
            .filter(known -> known.name().equals(document.form()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("an unknown form of targets"));
    List<String> base =
        columns.columns().stream()
            .flatMap(column -> column.features().stream())
            .collect(ImmutableList.toImmutableList());
    List<String> names = products(base, document.degree());
    Scaling scaling =
        new Scaling(
            names,
            Doubles.asList(present(document.shifts(), "shifts")),
            Doubles.asList(present(document.divisors(), "divisors")));
    check(files.graph(), names.size(), form, outcome);
    return new SavedModel(
        present(document.spec(), "spec"),
        new Preparation(columns, document.degree(), scaling, outcome),
        form,
        files.graph(),
        files.parameters());
  }

  private static <T> T present(@Nullable T value, String field) {
    checkArgument(value != null, "no '%s'", field);
    return Objects.requireNonNull(value);
  }

  private static FeatureColumns columns(Document document) {
    List<Document.@Nullable Column> entries = present(document.columns(), "columns");
    checkArgument(
        !entries.isEmpty() && entries.size() <= MOST_COLUMNS, "%s columns", entries.size());
    ImmutableList.Builder<FeatureColumns.Column> columns = ImmutableList.builder();
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    long features = 0;
    for (Document.@Nullable Column entry : entries) {
      Document.Column column = present(entry, "column");
      String name = present(column.name(), "name");
      names.add(name);
      FeatureColumns.Column read = column(name, column);
      columns.add(read);
      features += read.features().size();
    }
    checkArgument(features <= MOST_VALUES, "%s features", features);
    checkArgument(names.build().size() == entries.size(), "two columns of one name");
    return new FeatureColumns(columns.build());
  }

  private static FeatureColumns.Column column(String name, Document.Column column) {
    FeatureColumns.Blank blank = blank(column);
    List<@Nullable String> categories = column.categories();
    if (categories != null) {
      List<String> values = texts(categories, "categories");
      checkArgument(column.dates() == null, "a column of categories and dates");
      if (blank instanceof FeatureColumns.Blank.Filled(double place, boolean indicated)) {
        checkArgument(
            place == Math.rint(place) && place >= -1 && place < values.size(),
            "category %s for a blank",
            place);
      }
      boolean zeros = Boolean.TRUE.equals(column.unseenAsZeros());
      return new FeatureColumns.Column.OneHot(name, values, zeros, blank);
    }
    checkArgument(column.unseenAsZeros() == null, "a column of numbers with unseen categories");
    String dates = column.dates();
    if (dates == null) {
      return new FeatureColumns.Column.Numeric(name, blank);
    }
    checkArgument(dates.equals(PARTS) || dates.equals(DAYS), "an unknown form of dates");
    return new FeatureColumns.Column.Dated(name, dates.equals(PARTS), blank);
  }

  private static FeatureColumns.Blank blank(Document.Column column) {
    Double value = column.blank();
    boolean indicated = Boolean.TRUE.equals(column.indicated());
    if (value == null) {
      checkArgument(!indicated, "a column that says which cells are blank, but fills none");
      return new FeatureColumns.Blank.Refused();
    }
    // Days are turned into dates.
    checkArgument(
        Double.isFinite(value) && (column.dates() == null || Math.abs(value) < MOST_DAYS),
        "%s for a blank",
        value);
    return new FeatureColumns.Blank.Filled(value, indicated);
  }

  /** Texts that are all there and all different. */
  private static List<String> texts(List<@Nullable String> entries, String what) {
    checkArgument(
        !entries.isEmpty() && entries.size() <= MOST_VALUES, "%s %s", entries.size(), what);
    ImmutableSet.Builder<String> texts = ImmutableSet.builder();
    for (String entry : entries) {
      texts.add(present(entry, what));
    }
    List<String> list = texts.build().asList();
    checkArgument(list.size() == entries.size(), "one of the %s twice", what);
    return list;
  }

  private static Outcome outcome(Document.Predicted predicted) {
    String column = present(predicted.column(), "column");
    if (predicted.values() == null && predicted.names() == null) {
      Double shift = predicted.shift();
      Double divisor = predicted.divisor();
      return new Outcome.Numbers(column, shift == null ? 0 : shift, divisor == null ? 1 : divisor);
    }
    List<String> values = texts(present(predicted.values(), "values"), "values");
    List<String> names = texts(present(predicted.names(), "names"), "names");
    checkArgument(
        values.size() == names.size() && values.size() > 1,
        "%s values for %s classes",
        values.size(),
        names.size());
    return new Outcome.Classes(column, values, names);
  }

  private static List<String> products(List<String> base, int degree) {
    if (degree == 1) {
      return base;
    }
    PolynomialFeatures products = new PolynomialFeatures(degree);
    checkArgument(
        products.count(base.size()) <= PolynomialFeatures.MOST,
        "products of features up to degree %s",
        degree);
    return products.apply(Features.of(base, 0, new double[0])).names();
  }

  /** The graph takes as many features as there are and gives what the outcome needs. */
  private static void check(Graph graph, int features, TargetForm form, Outcome outcome) {
    checkArgument(graph.inputs().size() == 1, "a graph of %s inputs", graph.inputs().size());
    checkArgument(graph.updates().isEmpty(), "a graph that changes its parameters");
    Value input = graph.inputs().getFirst();
    Value outputs = graph.outputs().get(Network.OUTPUTS);
    checkArgument(outputs != null, "a graph without '%s'", Network.OUTPUTS);
    checkArgument(
        input.dtype().isFloat() && width(input).equals(Optional.of(features)),
        "a graph from %s for %s features",
        input.type(),
        features);
    int expected =
        switch (outcome) {
          case Outcome.Numbers numbers -> 1;
          case Outcome.Classes classes -> classes.names().size();
        };
    int least = expected == 2 && form != TargetForm.ONE_HOT ? 1 : expected;
    checkArgument(
        outputs != null
            && outputs.dtype().isFloat()
            && outputs.shape().dim(0).equals(input.shape().dim(0))
            && width(outputs).filter(w -> w == least || w == expected).isPresent(),
        "a graph to %s for %s classes",
        Objects.requireNonNull(outputs).type(),
        expected);
  }

  /** The columns of a table with a named number of rows. */
  private static Optional<Integer> width(Value value) {
    return value.shape().rank() == 2
            && !value.shape().dim(0).isFixed()
            && value.shape().dim(1).isFixed()
        ? Optional.of(value.shape().dim(1).size())
        : Optional.empty();
  }
}
