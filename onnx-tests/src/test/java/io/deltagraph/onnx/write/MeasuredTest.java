package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.OperatorSetIdProto;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
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
}
