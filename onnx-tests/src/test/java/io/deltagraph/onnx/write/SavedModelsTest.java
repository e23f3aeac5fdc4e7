package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.ColumnOptions;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.MissingRule;
import io.deltagraph.data.MissingRules;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.Targets;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.Normalisation;
import io.deltagraph.models.OpChoice;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.verify.OnnxRuntime;
import io.deltagraph.onnx.verify.RuntimeComparison;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.StringStringEntryProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.ExchangeFormat.Compared;
import io.deltagraph.serving.Outcome;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.Preparation;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family of models, from raw cells to predictions, agrees with ONNX Runtime. */
class SavedModelsTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final ClassLoader HERE = SavedModelsTest.class.getClassLoader();
  private static final int ROWS = 60;

  /** Numbers and texts with blanks, and dates from three centuries. */
  private static CsvTable table() {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("size,colour,day,weight,sort\n");
    List<String> colours = List.of("red", "green", "dark, blue", "");
    for (int i = 0; i < ROWS; i++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,\"%s\",%d-%02d-%02d,%.3f,%s%n",
              i % 7 == 0 ? "" : String.format(Locale.ROOT, "%.3f", 5 * random.nextGaussian()),
              colours.get(random.nextInt(4)),
              random.nextInt(1890, 2110),
              random.nextInt(1, 13),
              random.nextInt(1, 29),
              random.nextDouble(900),
              "abc".charAt(i % 3)));
    }
    return CsvTable.parse(
        "table", csv.toString().getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
  }

  private static SavedModel model(
      NetworkPlan plan, List<String> columns, MissingRule missing, int degree, Outcome outcome) {
    CsvTable table = table();
    List<Integer> rows = IntStream.range(0, ROWS).boxed().toList();
    FeatureColumns chosen =
        FeatureColumns.choose(
                table,
                outcome.column(),
                columns,
                new ColumnOptions(List.of(), missing, true, true, 9))
            .learn(table, rows, MissingRules.all(missing));
    Features features = Preparation.products(chosen.read(table), degree);
    NetworkPlan fitted =
        new NetworkPlan(
            features.columns(),
            plan.layers(),
            plan.referenceClass(),
            plan.loss(),
            plan.l2(),
            plan.l1(),
            plan.dtype());
    Network network =
        Network.build(fitted.initialised(new Initialiser.Glorot()), OPS, Seeds.of(11));
    Random random = new Random(5);
    ImmutableMap.Builder<String, Tensor> parameters = ImmutableMap.builder();
    network
        .prediction()
        .parameters()
        .forEach(parameter ->
            parameters.put(
                parameter.label(),
                Tensor.generate(parameter.type(), i -> random.nextDouble(0.05, 0.6))));
    return new SavedModel(
        "sample",
        new Preparation(chosen, degree, new Standardisation.MeanDeviation().fit(features), outcome),
        outcome instanceof Outcome.Numbers ? TargetForm.BITS : TargetForm.of(fitted, OPS),
        network.prediction(),
        parameters.buildOrThrow());
  }

  private static Outcome.Classes classes(int count) {
    List<String> names = List.of("a", "b", "c").subList(0, count);
    return new Outcome.Classes("sort", names, names.stream().map(n -> "sort " + n).toList());
  }

  private static NetworkPlan perceptron(String hidden, Normalisation normalisation, DType dtype) {
    Initialiser initialiser = new Initialiser.Glorot();
    return new NetworkPlan(
        1,
        List.of(
            new LayerPlan(5, OpChoice.of(hidden), initialiser, normalisation, 0.2),
            new LayerPlan(3, OpChoice.of("softmax"), initialiser)),
        false,
        OpChoice.of("softmax_cross_entropy"),
        0,
        0,
        dtype);
  }

  record Named(String name, SavedModel model) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> models() {
    List<String> all = List.of("size", "colour", "day");
    MissingRule indicated = MissingRule.INDICATOR;
    Outcome weight = new Outcome.Numbers("weight", 450, 260);
    Stream<Named> families =
        Stream.of(DType.F64, DType.F32)
            .flatMap(dtype ->
                Stream.of(
                    new Named(
                        "linear",
                        model(NetworkPlan.linearRegression(1, dtype), all, indicated, 1, weight)),
                    new Named(
                        "linear, cubic",
                        model(
                            NetworkPlan.linearRegression(1, dtype),
                            List.of("weight"),
                            MissingRule.REFUSE,
                            3,
                            new Outcome.Numbers("size"))),
                    new Named(
                        "logistic",
                        model(
                            NetworkPlan.logisticRegression(1, dtype),
                            all,
                            MissingRule.MEDIAN,
                            1,
                            classes(2))),
                    new Named(
                        "softmax",
                        model(
                            NetworkPlan.softmaxRegression(1, 3, dtype),
                            all,
                            indicated,
                            2,
                            classes(3))),
                    new Named(
                        "reduced softmax",
                        model(
                            NetworkPlan.reducedSoftmaxRegression(1, 3, dtype),
                            all,
                            MissingRule.MEAN,
                            1,
                            classes(3))),
                    new Named(
                        "step",
                        model(NetworkPlan.perceptron(1, dtype), all, indicated, 1, classes(2))),
                    new Named(
                        "hinge",
                        model(
                            NetworkPlan.linearRegression(1, dtype)
                                .costing(OpChoice.of("hinge"), 0, 0),
                            all,
                            indicated,
                            1,
                            classes(2))),
                    new Named(
                        "batch normalised",
                        model(
                            perceptron("relu", Normalisation.BATCH, dtype),
                            all,
                            indicated,
                            1,
                            classes(3))),
                    new Named(
                        "layer normalised",
                        model(
                            perceptron("tanh", Normalisation.LAYER, dtype),
                            all,
                            indicated,
                            1,
                            classes(3)))));
    Stream<Named> hidden =
        Stream.of(
                "elu",
                "gelu",
                "leaky_relu",
                "mish",
                "selu",
                "sigmoid",
                "silu",
                "softplus",
                "softsign",
                "log_sigmoid",
                "heaviside")
            .map(name ->
                new Named(
                    name,
                    model(
                        perceptron(name, Normalisation.NONE, DType.F64),
                        List.of("size", "weight"),
                        MissingRule.MEAN,
                        1,
                        classes(3))));
    return Stream.concat(families, hidden);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theModelPredictsTheSameThere(Named named) throws Exception {
    SavedModel model = named.model();
    OnnxFile file = OnnxExport.of(model, Opset.USUAL);
    CsvTable table = table();
    RuntimeComparison comparison = new RuntimeComparison(model, file);
    assertThat(comparison.compare(HERE, Optional.of(table), 7))
        .isNotEmpty()
        .allMatch(Compared::agrees);
    Map<String, Object> theirs = Agreement.run(file.bytes(), comparison.feeds(table));
    Predictions ours = model.predict(table);
    switch (ours.target()) {
      case Targets.Classes classes ->
          assertThat(theirs.get("prediction"))
              .isEqualTo(classes.labels().stream().map(classes.names()::get).toList());
      case Targets.Numbers numbers -> {
        Tensor expected = Tensor.vector(numbers.values().stream().mapToDouble(v -> v).toArray());
        assertThat(Agreement.gap(expected, theirs.get("prediction"))).isLessThan(1e-5);
      }
    }
  }

  @Test
  void blankUnseenAndRefusedCategories() throws Exception {
    FeatureColumns columns =
        new FeatureColumns(
            List.of(
                new FeatureColumns.Column.OneHot(
                    "free", List.of("p", "q"), true, new FeatureColumns.Blank.Refused()),
                new FeatureColumns.Column.OneHot("strict", List.of("r", "s"))));
    SavedModel sample =
        model(
            NetworkPlan.linearRegression(1, DType.F64),
            List.of("weight"),
            MissingRule.REFUSE,
            1,
            new Outcome.Numbers("size"));
    Preparation preparation =
        new Preparation(
            columns,
            1,
            new io.deltagraph.data.Scaling(
                List.of("free=p", "free=q", "strict=r", "strict=s"),
                List.of(0.0, 0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0, 1.0)),
            sample.preparation().outcome());
    Network network = Network.build(NetworkPlan.linearRegression(4, DType.F64), OPS, Seeds.of(1));
    Map<String, Tensor> parameters =
        Map.of(
            "layer1.weight", Tensor.matrix(new double[] {1, 2, 4, 8}),
            "layer1.bias", Tensor.vector(0.5));
    SavedModel model =
        new SavedModel("texts", preparation, TargetForm.BITS, network.prediction(), parameters);
    OnnxFile file = OnnxExport.of(model, Opset.USUAL);
    assertThat(file.inputs()).containsExactly("free", "strict");
    Map<String, Object> found =
        Agreement.run(
            file.bytes(),
            Map.of(
                "free", List.of("p", "q", "new", "", "p"),
                "strict", List.of("r", "s", "r", "r", "new")));
    assertThat(((Tensor) found.get("prediction")).toDoubles())
        .containsExactly(5.5, 10.5, 4.5, Double.NaN, Double.NaN);
  }

  @Test
  void noRowsGiveNoRows() throws Exception {
    SavedModel model =
        model(
            perceptron("relu", Normalisation.NONE, DType.F32),
            List.of("size", "weight"),
            MissingRule.MEAN,
            1,
            classes(3));
    OnnxFile file = OnnxExport.of(model, Opset.USUAL);
    try (OnnxRuntime runtime = new OnnxRuntime(HERE, file.bytes())) {
      Map<String, Object> found =
          runtime.run(Map.of("rows", Tensor.zeros(TensorType.of(DType.F64, 0, 2))));
      assertThat(((Tensor) found.get("outputs")).type()).isEqualTo(TensorType.of(DType.F32, 0, 3));
    }
  }

  @Test
  void theFileNamesColumnsAndClasses() throws Exception {
    SavedModel model =
        model(
            NetworkPlan.softmaxRegression(1, 3, DType.F32),
            List.of("size", "colour", "day"),
            MissingRule.INDICATOR,
            1,
            classes(3));
    OnnxFile file = OnnxExport.of(model, Opset.USUAL);
    assertThat(file.inputs()).containsExactly("size", "colour", "day");
    assertThat(file.outputs()).containsExactly("outputs", "prediction");
    ModelProto proto = ModelProto.parseFrom(file.bytes());
    assertThat(proto.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .extracting(Object::toString)
        .contains(
            "(\"outcome\", \"sort\")", "(\"column.1\", \"colour\")", "(\"class.2\", \"sort c\")");
    assertThat(proto.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .extracting(Object::toString)
        .contains("(\"form\", \"" + model.form().name() + "\")");
    assertThat(proto.getGraph().getInputList())
        .extracting(ValueInfoProto::getDocString)
        .containsExactly(
            "a number; a blank is NaN",
            "a text; a blank is empty",
            "a date as days since 1970-01-01, with a fraction for the time; a blank is NaN");
    assertThat(proto.getIrVersion()).isEqualTo(8);
    assertThat(
            proto
                .getGraph()
                .getInput(0)
                .getType()
                .getTensorType()
                .getShape()
                .getDim(0)
                .getDimParam())
        .isEqualTo("N");
  }
}
