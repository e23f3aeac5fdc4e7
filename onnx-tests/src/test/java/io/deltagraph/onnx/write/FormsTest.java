package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the files look like, and what is refused. */
class FormsTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private static OnnxFile file(DType dtype, int opset, String shape, UnaryOperator<Value> of)
      throws OnnxException {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("x", new TensorType(dtype, Shape.parse(shape)));
    Graph graph = builder.graph(Map.of("y", of.apply(x)));
    return OnnxExport.of(graph, Map.of(), new Opset(opset));
  }

  private static List<String> operators(OnnxFile file) throws Exception {
    return ModelProto.parseFrom(file.bytes()).getGraph().getNodeList().stream()
        .map(NodeProto::getOpType)
        .toList();
  }

  private static Tensor run(OnnxFile file, Tensor x) throws OnnxException {
    return (Tensor) Agreement.run(file.bytes(), Map.of("x", x)).get("y");
  }

  @Test
  void aLogarithmOfASigmoidOrASoftmaxIsNeverTaken() throws Exception {
    OnnxFile single = file(DType.F32, 18, "[N]", x -> x.op("sigmoid").log());
    assertThat(operators(single)).containsExactly("Neg", "Softplus", "Neg");
    Tensor far = Tensor.floats(-500f, 500f);
    assertThat(run(single, far).toDoubles()).containsExactly(new double[] {-500, 0}, within(1e-30));
    OnnxFile precise = file(DType.F64, 18, "[N]", x -> x.op("sigmoid").log());
    assertThat(operators(precise)).doesNotContain("Sigmoid", "Softplus");
    assertThat(run(precise, Tensor.vector(-500, 500)).toDoubles())
        .containsExactly(new double[] {-500, 0}, within(1e-30));
    OnnxFile rows = file(DType.F64, 18, "[N, 2]", x -> x.op("softmax").log());
    assertThat(operators(rows)).containsExactly("LogSoftmax");
    OnnxFile logits =
        file(
            DType.F32,
            18,
            "[N, 1]",
            x ->
                x.op(
                    "binary_cross_entropy_with_logits",
                    Map.of(),
                    x.constant(0).broadcastTo(x.shape())));
    assertThat(operators(logits)).doesNotContain("Sigmoid");
    assertThat(run(logits, Tensor.of(TensorType.of(DType.F32, 1, 1), -500)).item()).isEqualTo(0);
  }

  @Test
  void whatIsKnownBetterIsWrittenSo() throws Exception {
    assertThat(operators(file(DType.F32, 18, "[N, 2]", x -> x.op("relu")))).containsExactly("Relu");
    assertThat(operators(file(DType.F64, 18, "[N, 2]", x -> x.op("softmax"))))
        .containsExactly("Softmax");
    assertThat(operators(file(DType.F32, 20, "[N]", x -> x.op("gelu")))).containsExactly("Gelu");
    assertThat(operators(file(DType.F32, 18, "[N]", x -> x.op("gelu"))))
        .contains("Erf")
        .doesNotContain("Gelu");
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("x", new TensorType(DType.F32, Shape.parse("[N, 3]")));
    Value weight = builder.parameter("weight", TensorType.of(DType.F32, 2, 3));
    Value bias = builder.parameter("bias", TensorType.of(DType.F32, 2));
    Graph graph = builder.graph(Map.of("y", x.matmul(weight.transpose()).plus(bias)));
    Map<String, Tensor> parameters =
        Map.of("weight", Tensor.zeros(weight.type()), "bias", Tensor.floats(1f, 2f));
    ModelProto model = ModelProto.parseFrom(OnnxExport.of(graph, parameters, Opset.USUAL).bytes());
    assertThat(model.getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Gemm");
    assertThat(model.getGraph().getNode(0).getInputList()).containsExactly("x", "weight", "bias");
    assertThat(model.getGraph().getInitializerList()).hasSize(2);
  }

  /** Shows rows from the last to the first. */
  private record Flip() implements View<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:flip");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.all(OpSignature.Accepts.ANY, "x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      int[] strides = IndexMap.rowMajor(input.shape().sizes());
      int last = strides[0] * (input.shape().dim(0).size() - 1);
      strides[0] = -strides[0];
      return IndexMap.of(last, strides);
    }
  }

  /** Shows the diagonal of a matrix. */
  private record Diagonal() implements View<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:diagonal");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.all(OpSignature.Accepts.ANY, "x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0).with(inputs.get(0).shape().slice(0, 1));
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.of(0, input.shape().sizes()[1] + 1);
    }
  }

  @Test
  void aStrangersViewIsWrittenByItsMap() throws Exception {
    OnnxFile flipped =
        file(
            DType.F64,
            18,
            "[3, 2]",
            x -> x.builder().apply(new Flip(), NoAttributes.NONE, List.of(x)));
    assertThat(operators(flipped)).containsExactly("Slice");
    Tensor x = Tensor.of(TensorType.of(DType.F64, 3, 2), 1, 2, 3, 4, 5, 6);
    assertThat(run(flipped, x).toDoubles()).containsExactly(5, 6, 3, 4, 1, 2);
    OnnxFile diagonal =
        file(
            DType.F64,
            18,
            "[2, 2]",
            v -> v.builder().apply(new Diagonal(), NoAttributes.NONE, List.of(v)));
    assertThat(operators(diagonal)).containsExactly("Reshape", "Gather");
    Tensor square = Tensor.of(TensorType.of(DType.F64, 2, 2), 1, 2, 3, 4);
    assertThat(run(diagonal, square).toDoubles()).containsExactly(1, 4);
    assertThatThrownBy(() ->
            file(
                DType.F64,
                18,
                "[N, 2]",
                v -> v.builder().apply(new Diagonal(), NoAttributes.NONE, List.of(v))))
        .hasMessageContaining("the op acme:diagonal, which has no form in ONNX: its index map");
  }

  @Test
  void graphsThatNoFileHoldsAreRefused() {
    GraphBuilder builder = new GraphBuilder(OPS);
    GraphParameter weight = builder.parameter("w", TensorType.of(DType.F64, 2));
    Graph training = builder.graph(Map.of("y", weight), Map.of(weight, weight.times(2)));
    assertThatThrownBy(() -> OnnxExport.of(training, Map.of(), Opset.USUAL))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("export the graph that predicts");
    Graph graph = builder.graph(Map.of("y", weight.times(2)));
    assertThatThrownBy(() -> OnnxExport.of(graph, Map.of(), Opset.USUAL))
        .hasMessage(
            "the parameter 'w': found no tensor, expected f64[2]; give a tensor for each parameter.");
    assertThatThrownBy(() -> OnnxExport.limit(Integer.MAX_VALUE))
        .hasMessageContaining("less than 2 GB");
  }

  @Test
  void addingAtPlacesNeedsALaterOpset() {
    assertThatThrownBy(() ->
            file(
                DType.F64,
                15,
                "[2, 3]",
                x ->
                    x.op(
                        "add_along_axis",
                        Map.of("axis", 1),
                        x.builder().constant(Tensor.indices(0, 1).reshape(2, 1)),
                        x.slice(":, 0:1"))))
        .hasMessageContaining("ONNX adds at places from opset 16 on");
  }

  /** As measured: without the guard a NaN lies anywhere, and 3 is lost beside it. */
  @Test
  void noNumberIsTheLargestWhereNumbersAreSorted() throws Exception {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      Tensor x = Tensor.vector(1, Double.NaN, 3, 2).cast(dtype);
      OnnxFile up = file(dtype, 18, "[4]", v -> v.op("sort"));
      assertThat(run(up, x).toDoubles()).containsExactly(1, 2, 3, Double.NaN);
      OnnxFile down = file(dtype, 18, "[4]", v -> v.op("sort", Map.of("descending", true)));
      assertThat(run(down, x).toDoubles()).containsExactly(Double.NaN, 3, 2, 1);
      OnnxFile places = file(dtype, 18, "[4]", v -> v.op("arg_sort"));
      assertThat(run(places, x).toDoubles()).containsExactly(0, 3, 2, 1);
    }
  }

  /** As measured: without the guard the largest of 1 and a NaN behind it is 1 there. */
  @Test
  void whatIsNoNumberIsNotOverlooked() throws Exception {
    OnnxFile largest = file(DType.F64, 18, "[N]", x -> x.max(List.of(0), false));
    assertThat(run(largest, Tensor.vector(1, Double.NaN)).item()).isNaN();
    assertThat(run(largest, Tensor.vector(1, 2)).item()).isEqualTo(2);
  }
}
