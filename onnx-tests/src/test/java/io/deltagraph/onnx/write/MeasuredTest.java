package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnxproto.AttributeProto;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.OperatorSetIdProto;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ONNX Runtime does that the export has to go round: rows of the table in docs/onnx.md. If one
 * of these changes, the export may be made simpler.
 */
class MeasuredTest {
  /** A file of one node from x to y, written without the export. */
  private static byte[] one(String operator, DType dtype, int opset, int format) {
    TypeProto type =
        TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(ElementTypes.number(dtype)))
            .build();
    NodeProto node =
        NodeProto.newBuilder()
            .setName("one")
            .setOpType(operator)
            .addInput("x")
            .addOutput("y")
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(format)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(
            GraphProto.newBuilder()
                .setName("one")
                .addNode(node)
                .addInput(ValueInfoProto.newBuilder().setName("x").setType(type))
                .addOutput(ValueInfoProto.newBuilder().setName("y").setType(type)))
        .build()
        .toByteArray();
  }

  /** A file of one node from several inputs of any shape. */
  private static byte[] node(NodeProto.Builder node, int opset, DType... dtypes) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("one");
    for (int i = 0; i < dtypes.length; i++) {
      node.addInput("x" + i);
      graph.addInput(value("x" + i, dtypes[i]));
    }
    if (node.getOutputCount() == 0) {
      node.addOutput("y");
    }
    graph
        .addNode(node.setName("one"))
        .addOutput(value("y", node.getOpType().startsWith("Arg") ? DType.I64 : dtypes[0]));
    return ModelProto.newBuilder()
        .setIrVersion(opset < 21 ? 8 : opset < 23 ? 10 : 13)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, DType dtype) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(ElementTypes.number(dtype))))
        .build();
  }

  private static NodeProto.Builder op(String operator) {
    return NodeProto.newBuilder().setOpType(operator);
  }

  private static Tensor given(byte[] file, Tensor... inputs) throws OnnxException {
    Map<String, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      feeds.put("x" + i, inputs[i]);
    }
    return (Tensor) Agreement.run(file, feeds).get("y");
  }

  private static Tensor run(byte[] file, Tensor x) throws OnnxException {
    return (Tensor) Agreement.run(file, Map.of("x", x)).get("y");
  }

  private static void isRefused(byte[] file, Tensor x) {
    assertThatThrownBy(() -> run(file, x))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("ONNX Runtime: found a refusal");
  }

  @Test
  void itTakesTheFormatsThatAreWritten() throws OnnxException {
    assertThat(run(one("Abs", DType.F32, 26, 13), Tensor.floats(-2f)).item()).isEqualTo(2);
    isRefused(one("Abs", DType.F32, 27, 13), Tensor.floats(-2f));
    isRefused(one("Abs", DType.F32, 26, 14), Tensor.floats(-2f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Elu", "Softplus", "Softsign", "HardSigmoid", "Mish"})
  void itHasFunctionsOfDoublesAtOneOpsetOnly(String operator) throws OnnxException {
    assertThat(run(one(operator, DType.F64, 18, 8), Tensor.vector(1)).item()).isPositive();
    isRefused(one(operator, DType.F64, 21, 10), Tensor.vector(1));
  }

  @ParameterizedTest
  @CsvSource({"Erf, 18", "Tan, 18", "Sinh, 18", "Gelu, 20"})
  void itHasNoSuchOpOfDoubles(String operator, int opset) {
    isRefused(one(operator, DType.F64, opset, 8), Tensor.vector(1));
  }

  @Test
  void aSlopeOfDoublesIsRoundedToSingle() throws OnnxException {
    double slope = -run(one("LeakyRelu", DType.F64, 18, 8), Tensor.vector(-1)).item();
    assertThat(slope).isEqualTo(0.01f).isNotEqualTo(0.01);
  }

  @Test
  void theLargestOverlooksWhatIsNoNumber() throws OnnxException {
    byte[] file = one("ReduceMax", DType.F64, 18, 8);
    assertThat(run(file, Tensor.vector(1, Double.NaN)).item()).isEqualTo(1);
    assertThat(run(file, Tensor.vector(Double.NaN, 1)).item()).isNaN();
  }

  @Test
  void theMeanOfNothingIsNought() throws OnnxException {
    Tensor nothing = Tensor.zeros(TensorType.of(DType.F64, 0));
    assertThat(run(one("ReduceMean", DType.F64, 18, 8), nothing).item()).isEqualTo(0);
  }

  @Test
  void softsignOfInfinityIsNoNumber() throws OnnxException {
    Tensor infinity = Tensor.floats(Float.POSITIVE_INFINITY);
    assertThat(run(one("Softsign", DType.F32, 18, 8), infinity).item()).isNaN();
  }

  /** The error, not the value, is what a bound may be put on. */
  @Test
  void farSigmoidsAreNoughtAndTanhPassesOne() throws OnnxException {
    assertThat(run(one("Sigmoid", DType.F32, 18, 8), Tensor.floats(-17f)).item())
        .isBetween(0.0, 1e-6);
    assertThat(run(one("Sigmoid", DType.F64, 18, 8), Tensor.vector(-40)).item())
        .isBetween(0.0, 1e-13);
    Tensor many = Tensor.generate(TensorType.of(DType.F32, 4000), i -> 4 + i * 0.002);
    Tensor tanh = run(one("Tanh", DType.F32, 18, 8), many);
    for (int i = 0; i < tanh.length(); i++) {
      assertThat(tanh.get(i)).isBetween(0.999, 1.000001);
    }
  }

  @Test
  void leaksOfDoublesRunAtThreeOpsetsOnly() throws OnnxException {
    Tensor x = Tensor.vector(-1);
    Tensor slope = Tensor.vector(0.5);
    for (int opset : new int[] {16, 17, 18}) {
      assertThat(given(node(op("LeakyRelu"), opset, DType.F64), x).item()).isNegative();
      assertThat(given(node(op("PRelu"), opset, DType.F64, DType.F64), x, slope).item())
          .isEqualTo(-0.5);
    }
    for (int opset : new int[] {15, 19, 21}) {
      assertThatThrownBy(() -> given(node(op("LeakyRelu"), opset, DType.F64), x))
          .isInstanceOf(OnnxException.class)
          .hasMessageContaining("NOT_IMPLEMENTED");
      assertThatThrownBy(() -> given(node(op("PRelu"), opset, DType.F64, DType.F64), x, slope))
          .isInstanceOf(OnnxException.class)
          .hasMessageContaining("NOT_IMPLEMENTED");
    }
  }

  @Test
  void swishRunsAtItsFirstOpsetOnly() throws OnnxException {
    Tensor x = Tensor.floats(1f);
    assertThat(given(node(op("Swish"), 24, DType.F32), x).item()).isBetween(0.7310, 0.7311);
    for (int opset : new int[] {25, 26}) {
      assertThatThrownBy(() -> given(node(op("Swish"), opset, DType.F32), x))
          .isInstanceOf(OnnxException.class)
          .hasMessageContaining("ONNX Runtime: found a refusal");
    }
  }

  @Test
  void sumsAndProductsOfDoublesHaveKernels() throws OnnxException {
    Tensor x = Tensor.vector(3, -4);
    assertThat(given(node(op("Cos"), 18, DType.F64), x).get(0)).isEqualTo(Math.cos(3));
    assertThat(given(node(op("ReduceProd"), 18, DType.F64), x).item()).isEqualTo(-12);
    assertThat(given(node(op("ReduceL1"), 18, DType.F64), x).item()).isEqualTo(7);
    assertThat(given(node(op("ReduceL2"), 18, DType.F64), x).item()).isEqualTo(5);
  }

  @Test
  void whatIsNoNumberIsKept() throws OnnxException {
    Tensor x = Tensor.vector(1, Double.NaN);
    for (String operator : new String[] {"Relu", "Sign", "Clip"}) {
      assertThat(given(node(op(operator), 18, DType.F64), x).get(1)).as(operator).isNaN();
    }
    for (String operator : new String[] {"ArgMax", "ArgMin"}) {
      assertThat(given(node(op(operator), 18, DType.F64), x).item()).as(operator).isEqualTo(1);
    }
    for (String operator : new String[] {"Max", "Min"}) {
      assertThat(given(node(op(operator), 18, DType.F64, DType.F64), x, Tensor.vector(0, 5)).get(1))
          .as(operator)
          .isNaN();
    }
  }

  @Test
  void theLargestIsLostBesideWhatIsNoNumber() throws OnnxException {
    byte[] file = node(op("TopK").addOutput("y").addOutput("places"), 18, DType.F64, DType.I64);
    double[] found = given(file, Tensor.vector(1, Double.NaN, 3, 2), Tensor.longs(2)).toDoubles();
    assertThat(found).doesNotContain(3);
  }

  @Test
  void aRowOfMinusInfinitiesHasNoSoftmax() throws OnnxException {
    double low = Double.NEGATIVE_INFINITY;
    Tensor x = Tensor.matrix(new double[] {low, low});
    assertThat(given(node(op("Softmax"), 18, DType.F64), x).toDoubles())
        .containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void functionsOfDoublesAreRightToSinglePrecision() throws OnnxException {
    AttributeProto tanh =
        AttributeProto.newBuilder()
            .setName("approximate")
            .setType(AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8("tanh"))
            .build();
    double exact = 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (1 + 0.044715)));
    double gelu =
        given(node(op("Gelu").addAttribute(tanh), 20, DType.F64), Tensor.vector(1)).item();
    assertThat(Math.abs(gelu - exact)).isBetween(1e-10, 1e-8);
    double swish = given(node(op("HardSwish"), 18, DType.F64), Tensor.vector(1)).item();
    assertThat(Math.abs(swish - 2 / 3.0)).isBetween(1e-10, 1e-7);
  }

  @Test
  void eluOfSinglesIsNotExactNearNought() throws OnnxException {
    double x = -1e-5f;
    double y = given(node(op("Elu"), 18, DType.F32), Tensor.floats((float) x)).item();
    assertThat(Math.abs(y / Math.expm1(x) - 1)).isBetween(1e-4, 1e-2);
  }
}
