package io.deltagraph.onnx.read;

import static io.deltagraph.onnx.read.Made.floats;
import static io.deltagraph.onnx.read.Made.graph;
import static io.deltagraph.onnx.read.Made.integer;
import static io.deltagraph.onnx.read.Made.integers;
import static io.deltagraph.onnx.read.Made.longs;
import static io.deltagraph.onnx.read.Made.model;
import static io.deltagraph.onnx.read.Made.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.Targets;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.StringStringEntryProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.TensorShapeProto.Dimension;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of a file: an ordinary graph. */
class OnnxImportTest {
  private static final OnnxImport IMPORT = OnnxImport.with(OpRegistry.load());

  @TempDir private Path folder;

  private static OnnxModel read(GraphProto.Builder graph) throws IOException {
    return IMPORT.read("a.onnx", model(graph).build().toByteArray());
  }

  /** {@code y = tanh(x Wᵀ + b)} with W 2 × 3. */
  private static GraphProto.Builder layer() {
    return graph(
            node("Gemm", "z", "x", "W", "b").addAttribute(integer("transB", 1)),
            node("Tanh", "y", "z"))
        .addInitializer(floats("W", List.of(2L, 3L), 0.5f, -1f, 2f, 0.25f, 1f, -0.75f))
        .addInitializer(floats("b", List.of(2L), 0.125f, -0.5f));
  }

  @Test
  void aLayerIsAGraphWithParameters() throws IOException {
    OnnxModel model = read(layer());
    Graph graph = model.graph();
    assertThat(graph.inputs()).map(Value::toString).containsExactly("x: f32[N, 3]");
    assertThat(graph.parameters())
        .map(Value::toString)
        .containsExactly("W: f32[2, 3]", "b: f32[2]");
    assertThat(graph.output("y").toString()).isEqualTo("y: f32[N, 2]");
    assertThat(model.parameters().get("b").toDoubles()).containsExactly(0.125, -0.5);
    assertThat(model.origin())
        .isEqualTo(new OnnxModel.Origin("tests", "", 8, 18, Map.of("Gemm", 1, "Tanh", 1)));
    Tensor outputs = model.trained().predict(Tensor.floats(new float[][] {{1, 2, 3}}));
    assertThat(outputs.toDoubles())
        .containsExactly(
            new double[] {Math.tanh(0.5 - 2 + 6 + 0.125), Math.tanh(0.25 + 2 - 2.25 - 0.5)},
            within(1e-6));
  }

  @Test
  void itCanBeTrained() throws IOException {
    OnnxModel model = read(layer());
    Value loss = model.graph().output("y").square().sum();
    List<GraphParameter> parameters = model.graph().parameters();
    Gradient gradient = Gradient.of(loss, parameters);
    Map<String, Tensor> feeds = new HashMap<>(model.parameters());
    feeds.put("x", Tensor.floats(new float[] {0.1f, -0.2f, 0.3f}, new float[] {0.2f, 0.1f, 0}));
    Tensor slopes = Evaluate.value(gradient.wrt(parameters.getFirst()), feeds);
    Tensor weights = model.parameters().get("W");
    for (int i = 0; i < weights.length(); i++) {
      double[] sides = new double[2];
      for (int side = 0; side < 2; side++) {
        double step = side == 0 ? 0.01 : -0.01;
        int moved = i;
        feeds.put(
            "W", Tensor.generate(weights.type(), k -> weights.get(k) + (k == moved ? step : 0)));
        sides[side] = Evaluate.value(loss, feeds).item();
      }
      assertThat(slopes.get(i)).isEqualTo((sides[0] - sides[1]) / 0.02, within(1e-3));
    }
  }

  @Test
  void aFileIsRead() throws IOException {
    Path file = folder.resolve("layer.onnx");
    Files.write(file, model(layer()).build().toByteArray());
    assertThat(IMPORT.read(file).parameters()).containsOnlyKeys("W", "b");
  }

  /** As exporters write {@code x.view(x.size(0), -1)}: by the shape, not by a number. */
  @Test
  void theNamedDimensionStaysThroughArithmeticOfShapes() throws IOException {
    OnnxModel model =
        read(
            graph(
                    node("Shape", "s", "x"),
                    node("Gather", "n", "s", "zero"),
                    node("Unsqueeze", "ns", "n", "axes"),
                    node("Mul", "same", "ns", "one"),
                    node("Concat", "to", "same", "rest").addAttribute(integer("axis", 0)),
                    node("Reshape", "y", "x", "to"))
                .addInitializer(longs("zero", 0L).clearDims())
                .addInitializer(longs("axes", 0L))
                .addInitializer(longs("one", 1L))
                .addInitializer(longs("rest", 3L, -1L)));
    assertThat(model.graph().output("y").type().toString()).isEqualTo("f32[N, 3, 1]");
    assertThat(model.graph().nodes()).hasSize(2);
  }

  /** A number that a run alone could know is computed from constants while the file is read. */
  @Test
  void settingsAreComputedFromConstants() throws IOException {
    OnnxModel model =
        read(
            graph(
                    node("Max", "axes", "a", "b"),
                    node("ReduceSum", "y", "x", "axes").addAttribute(integer("keepdims", 0)))
                .addInitializer(longs("a", 1L))
                .addInitializer(longs("b", -5L)));
    assertThat(model.graph().output("y").type().toString()).isEqualTo("f32[N]");
  }

  @Test
  void anInputMayBeGivenItsValue() throws IOException {
    GraphProto.Builder graph =
        graph(node("ReduceSum", "y", "x", "axes"))
            .addInput(Made.value("axes", TensorType.of(DType.I64, 1)));
    byte[] bytes = model(graph).build().toByteArray();
    OnnxModel model = IMPORT.giving("axes", Tensor.longs(-1)).read("a.onnx", bytes);
    assertThat(model.graph().inputs()).map(Value::label).containsExactly("x");
    assertThat(model.graph().output("y").type().toString()).isEqualTo("f32[N, 1]");
  }

  @Test
  void anInitialiserIsTheDefaultOfAnInput() throws IOException {
    OnnxModel model = read(layer().addInput(Made.value("b", TensorType.of(DType.F32, 2))));
    assertThat(model.graph().inputs()).map(Value::label).containsExactly("x");
    assertThat(model.parameters()).containsOnlyKeys("W", "b");
  }

  /** Whole numbers beyond 2^53, by both ways of holding them. */
  @Test
  void wholeNumbersAreExact() throws IOException {
    long large = (1L << 60) + 1;
    GraphProto.Builder graph =
        graph(node("Identity", "y", "a")).addInitializer(longs("a", large, -1L));
    try (Session session = Session.open(read(graph).graph())) {
      Tensor y = session.run(Map.of()).get("y");
      assertThat(IntStream.range(0, 2).mapToLong(y::bits)).containsExactly(large, -1L);
    }
  }

  @Test
  void dimensionsWithoutAUsableNameGetOne() throws IOException {
    GraphProto.Builder graph = graph(node("Relu", "y", "x"));
    graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .clear()
        .addDim(Dimension.newBuilder())
        .addDim(Dimension.newBuilder().setDimParam("2 * width"));
    assertThat(read(graph).graph().inputs().getFirst().type().toString())
        .isEqualTo("f32[x_0, d2___width]");
  }

  @Test
  void slicesCountFromTheEndAndBackwards() throws IOException {
    OnnxModel model =
        read(
            graph(node("Slice", "y", "x", "from", "to", "axes", "steps"))
                .addInitializer(longs("from", -1L))
                .addInitializer(longs("to", Long.MIN_VALUE))
                .addInitializer(longs("axes", -1L))
                .addInitializer(longs("steps", -2L)));
    Tensor y = model.trained().predict(Tensor.floats(new float[][] {{1, 2, 3}}));
    assertThat(y.toDoubles()).containsExactly(3, 1);
  }

  @Test
  void transposesAreKept() throws IOException {
    OnnxModel model =
        read(
            graph(
                node("Transpose", "t", "x").addAttribute(integers("perm", 1L, 0L)),
                node("Neg", "y", "t")));
    assertThat(model.graph().output("y").type().toString()).isEqualTo("f32[3, N]");
  }

  /** Names of classes are texts, which are an output beside the numbers that they stand for. */
  @Test
  void outputsOfTextsAreLeftOut() throws IOException {
    GraphProto.Builder graph =
        layer()
            .addNode(node("ArgMax", "k", "y").addAttribute(integer("axis", 1)))
            .addNode(node("Gather", "class", "names", "k"))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("names")
                    .setDataType(TensorProto.DataType.STRING_VALUE)
                    .addDims(1)
                    .addStringData(ByteString.copyFromUtf8("a")))
            .addOutput(Made.output("class"));
    graph
        .getOutputBuilder(1)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(TensorProto.DataType.STRING_VALUE);
    OnnxModel model = read(graph);
    assertThat(model.leftOut()).containsExactly("class");
    assertThat(model.graph().outputs()).containsOnlyKeys("y");
    assertThat(model.origin().operators()).containsOnlyKeys("Gemm", "Tanh");
  }

  @Test
  void aMatrixToAMatrixIsAModelForTables() throws IOException {
    Path table = folder.resolve("rows.csv");
    Files.writeString(table, "c,b,a\n3,2,1\n0,0,-9\n");
    byte[] bytes =
        model(layer())
            .addMetadataProps(entry("column.0", "a"))
            .addMetadataProps(entry("column.1", "b"))
            .addMetadataProps(entry("column.2", "c"))
            .addMetadataProps(entry("class.0", "no"))
            .addMetadataProps(entry("class.1", "yes"))
            .build()
            .toByteArray();
    SavedModel saved = IMPORT.read("a.onnx", bytes).saved("a").orElseThrow();
    saved.save(folder.resolve("a"));
    SavedModel loaded = SavedModel.load(folder.resolve("a"), OpRegistry.load());
    Predictions predictions = loaded.predict(CsvTable.read(table));
    // z = (4.625, -0.5) and (-4.375, -2.75)
    assertThat(((Targets.Classes) predictions.target()).labels()).containsExactly(0, 1);
    assertThat(((Targets.Classes) predictions.target()).names()).containsExactly("no", "yes");
    assertThat(predictions.outputs().get(0)).isEqualTo(Math.tanh(4.625), within(1e-6));
  }

  @Test
  void otherShapesAreNoModelForTables() throws IOException {
    assertThat(read(graph(node("ReduceMean", "y", "x"))).saved("a")).isEmpty();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
