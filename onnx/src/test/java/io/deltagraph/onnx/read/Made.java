package io.deltagraph.onnx.read;

import com.google.protobuf.ByteString;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnxproto.AttributeProto;
import io.deltagraph.onnxproto.AttributeProto.AttributeType;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.OperatorSetIdProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.TensorShapeProto;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files for tests, put together as others would. */
final class Made {
  private Made() {}

  /** A model of opset 18 around a graph. */
  static ModelProto.Builder model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("tests")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
        .setGraph(graph.setName("graph"));
  }

  /** A graph of one f32[N, 3] input x and one output y of a stated dtype. */
  static GraphProto.Builder graph(NodeProto.Builder... nodes) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(value("x", new TensorType(DType.F32, Shape.batch("N", 3))))
            .addOutput(output("y"));
    Arrays.stream(nodes).forEach(graph::addNode);
    return graph;
  }

  static ValueInfoProto.Builder value(String name, TensorType type) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dim dim : type.shape().dims()) {
      TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
      switch (dim) {
        case Dim.Fixed fixed -> one.setDimValue(fixed.size());
        case Dim.Named named -> one.setDimParam(named.name());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(ElementTypes.number(type.dtype()))
                        .setShape(shape)));
  }

  /** An output of which nothing but the dtype is stated. */
  static ValueInfoProto.Builder output(String name) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()));
  }

  static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  static AttributeProto.Builder integers(String name, Long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(List.of(values));
  }

  static AttributeProto.Builder text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value));
  }

  static TensorProto.Builder floats(String name, @Nullable List<Long> sizes, Float... values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementTypes.number(DType.F32))
        .addAllDims(sizes == null ? List.of() : sizes)
        .addAllFloatData(List.of(values));
  }

  static TensorProto.Builder longs(String name, Long... values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementTypes.number(DType.I64))
        .addDims(values.length)
        .addAllInt64Data(List.of(values));
  }
}
