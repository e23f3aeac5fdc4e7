package io.deltagraph.onnx.read;

import static io.deltagraph.onnx.read.Made.floats;
import static io.deltagraph.onnx.read.Made.graph;
import static io.deltagraph.onnx.read.Made.integer;
import static io.deltagraph.onnx.read.Made.longs;
import static io.deltagraph.onnx.read.Made.model;
import static io.deltagraph.onnx.read.Made.node;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnxproto.AttributeProto;
import io.deltagraph.onnxproto.FunctionProto;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.OperatorSetIdProto;
import io.deltagraph.onnxproto.SparseTensorProto;
import io.deltagraph.onnxproto.StringStringEntryProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of file that is refused, in one line: what, where, what would be right, what to do. */
class RefusalsTest {
  private static final OnnxImport IMPORT = OnnxImport.with(OpRegistry.load());

  private static GraphProto.Builder plain() {
    return graph(node("Relu", "y", "x"));
  }

  private static ModelProto.Builder with(TensorProto.Builder tensor) {
    return model(graph(node("Add", "y", "x", "w")).addInitializer(tensor));
  }

  static Stream<Arguments> refused() {
    TensorProto.Builder three = floats("w", List.of(3L), 1f, 2f, 3f);
    return Stream.of(
        of(
            "the format",
            model(plain()).setIrVersion(99),
            "version 99 of the format, expected 3 to 14"),
        of("no opset", model(plain()).clearOpsetImport(), "no version of ONNX's operators"),
        of(
            "an old opset",
            model(plain()).setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(12)),
            "found opset 12, expected opset 13 to 28"),
        of(
            "a new opset",
            model(plain()).setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(29)),
            "found opset 29, expected opset 13 to 28"),
        of(
            "two opsets",
            model(plain())
                .addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(18)),
            "two versions of the operators of ''"),
        of(
            "functions",
            model(plain()).addFunctions(FunctionProto.newBuilder()),
            "functions of its own"),
        of(
            "sparse tensors",
            model(plain().addSparseInitializer(SparseTensorProto.newBuilder())),
            "sparse initialisers"),
        of("no output", model(plain().clearOutput()), "no output"),
        of(
            "an unknown operator",
            model(graph(node("Reluu", "y", "x"))),
            "a.onnx, node 0 (Reluu): found an operator that is not read here, expected perhaps Relu"),
        of(
            "another domain",
            model(graph(node("Relu", "y", "x").setDomain("com.acme"))),
            "an operator of the domain 'com.acme' that is not read here"),
        of(
            "a newer operator",
            model(graph(node("Gelu", "y", "x"))),
            "node 0 (Gelu): found an operator of opset 20 in a file of opset 18"),
        of("control flow", model(graph(node("If", "y", "x"))), "node 0 (If): found an operator"),
        of(
            "a name of two outputs",
            model(graph(node("Relu", "y", "x"), node("Abs", "y", "x"))),
            "the name 'y' for an output of node 1 (Abs)"),
        of(
            "a name of a node's output and an input",
            model(graph(node("Relu", "x", "x"))),
            "the name 'x' for an output of node 0 (Relu)"),
        of(
            "a name of two initialisers",
            model(plain().addInitializer(three).addInitializer(three)),
            "the name 'w' for an initialiser"),
        of(
            "an unknown input",
            model(graph(node("Relu", "y", "z").setName("first"))),
            "node 0 'first' (Relu): found the input 'z', which nothing gives"),
        of(
            "a cycle",
            model(graph(node("Add", "a", "x", "c"), node("Relu", "b", "a"), node("Abs", "c", "b"))),
            "node 0 (Add): found the input 'c' on a cycle of the nodes [0, 1, 2]"),
        of(
            "a node before what it needs",
            model(graph(node("Relu", "y", "a"), node("Abs", "a", "x"))),
            "the input 'a', which only node 1 (Abs) gives"),
        of("an output that nothing gives", model(graph(node("Relu", "a", "x"))), "output 'y'"),
        of("data elsewhere", with(elsewhere()), "initialiser 'w': found data in another file"),
        of(
            "too little data",
            with(floats("w", List.of(4L), 1f, 2f, 3f)),
            "initialiser 'w': found 3 elements, expected 4, the product of the sizes [4]"),
        of(
            "raw data cut off",
            with(
                floats("w", List.of(3L))
                    .clearFloatData()
                    .setRawData(ByteString.copyFrom(new byte[11]))),
            "11 bytes of raw_data, expected a multiple of 4"),
        of(
            "data in two places",
            with(
                floats("w", List.of(3L), 1f, 2f, 3f).setRawData(ByteString.copyFrom(new byte[12]))),
            "data in several fields"),
        of(
            "sizes beyond memory",
            with(floats("w", List.of(1L << 31, 1L << 31))),
            "the size 2147483648, expected one from 0"),
        of(
            "a product of sizes beyond memory",
            with(floats("w", List.of(1L << 30, 1L << 30))),
            "the sizes [1073741824, 1073741824]"),
        of("a size below 0", with(floats("w", List.of(-3L))), "the size -3"),
        of(
            "too many dimensions",
            with(floats("w", List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L), 1f)),
            "9 dimensions, expected at most 8"),
        of(
            "another element type",
            with(floats("w", List.of(3L), 1f, 2f, 3f).setDataType(10)),
            "elements of type FLOAT16"),
        of(
            "shapes that do not fit",
            with(floats("w", List.of(4L), 1f, 2f, 3f, 4f)),
            "node 0 (Add): found inputs of the types [f32[N, 3], f32[4]], which do not fit"),
        of(
            "an unknown attribute",
            model(graph(node("Relu", "y", "x").addAttribute(integer("leak", 1)))),
            "node 0 (Relu), attribute 'leak': found an attribute that this op does not have"),
        of(
            "an attribute of another type",
            model(graph(node("Softmax", "y", "x").addAttribute(Made.text("axis", "last")))),
            "attribute 'axis': found the type 3, expected the type 2 (INT)"),
        of(
            "an attribute of a function",
            model(
                graph(
                    node("Softmax", "y", "x")
                        .addAttribute(integer("axis", 1).setRefAttrName("axis")))),
            "a reference to an attribute of a function"),
        of(
            "a graph in an attribute",
            model(
                graph(
                    node("Relu", "y", "x")
                        .addAttribute(AttributeProto.newBuilder().setName("body").setG(plain())))),
            "attribute 'body'"),
        of("too few inputs", model(graph(node("Add", "y", "x"))), "1 inputs, expected an input 1"),
        of(
            "too many inputs",
            model(graph(node("Relu", "y", "x", "x"))),
            "2 inputs, expected at most 1"),
        of(
            "too many outputs",
            model(graph(node("Relu", "y", "x").addOutput("z"))),
            "2 outputs, expected at most 1"),
        of(
            "an axis that is not there",
            model(graph(node("Softmax", "y", "x").addAttribute(integer("axis", 2)))),
            "the axis 2, expected one from -2 to 1"),
        of(
            "a shape that only a run knows",
            model(
                graph(node("Reshape", "y", "x", "s"))
                    .addInput(Made.value("s", TensorType.of(DType.I64, 2)))),
            "an input 1, i64[2], that only a run knows"),
        of(
            "a named dimension merged with another",
            model(graph(node("Reshape", "y", "x", "s")).addInitializer(longs("s", -1L))),
            "node 0 (Reshape): found [N, 3] into [1] and one size more"),
        of(
            "a part of a named dimension",
            model(
                graph(node("Slice", "y", "x", "from", "to"))
                    .addInitializer(longs("from", 1L))
                    .addInitializer(longs("to", 2L))),
            "a part of the named dimension N"),
        of(
            "a lying output",
            model(plain().setOutput(0, Made.value("y", TensorType.of(DType.F32, 2, 4)))),
            "output 'y': found another type stated than the one it has, f32[N, 3]"),
        of(
            "a lying dtype",
            model(
                plain()
                    .addValueInfo(Made.value("y", TensorType.of(DType.I64, 2, 3)))
                    .setOutput(0, Made.value("y", TensorType.of(DType.F64, 2, 3)))),
            "another type stated than the one it has"),
        of(
            "an input without a shape",
            model(plain().setInput(0, input())),
            "input 'x': found no shape"),
        of(
            "constants beyond memory",
            model(
                graph(node("ConstantOfShape", "c", "s"), node("Tile", "y", "c", "r"))
                    .addInitializer(longs("s", 1L << 20))
                    .addInitializer(longs("r", 1L << 10))),
            "constants that would take more than"));
  }

  private static TensorProto.Builder elsewhere() {
    return floats("w", List.of(3L))
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd"));
  }

  private static ValueInfoProto.Builder input() {
    ValueInfoProto.Builder input = Made.value("x", TensorType.of(DType.F32, 3));
    input.getTypeBuilder().getTensorTypeBuilder().clearShape();
    return input;
  }

  private static Arguments of(String what, ModelProto.Builder model, String told) {
    return Arguments.of(what, model, told);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void itIsRefusedInOneLine(String what, ModelProto.Builder model, String told) {
    assertThatThrownBy(() -> IMPORT.read("a.onnx", model.build().toByteArray()))
        .isInstanceOf(OnnxException.class)
        .hasMessageStartingWith("a.onnx")
        .hasMessageContaining(told)
        .hasMessageMatching(".+: found .+, expected .+; .+\\.");
  }

  @Test
  void bytesThatAreNoModelAreRefused() {
    for (byte[] bytes : new byte[][] {{1}, {0x3a, 5, 1}, {(byte) 0xff, (byte) 0xff}}) {
      assertThatThrownBy(() -> IMPORT.read("a.onnx", bytes))
          .isInstanceOf(OnnxException.class)
          .hasMessageContaining("bytes that are no ONNX model");
    }
    assertThatThrownBy(() -> IMPORT.read("a.onnx", new byte[0]))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("version 0 of the format");
  }

  /** Two bytes in the file, a hundred in memory. */
  @Test
  void manyEmptyMessagesAreRefusedBeforeTheyAreMade() {
    int count = ReadLimits.PARTS + 1;
    byte[] bytes = new byte[5 + 2 * count];
    bytes[0] = 0x3a;
    for (int i = 0; i < 4; i++) {
      bytes[1 + i] = (byte) ((((2 * count) >>> (7 * i)) & 0x7f) | (i < 3 ? 0x80 : 0));
    }
    for (int i = 0; i < count; i++) {
      bytes[5 + 2 * i] = 0x0a;
    }
    assertThatThrownBy(() -> IMPORT.read("a.onnx", bytes))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("more than " + ReadLimits.PARTS + " fields and messages");
  }

  /** A graph in an attribute of a node of a graph, and so on. */
  @Test
  void deepNestingIsRefused() {
    GraphProto graph = GraphProto.getDefaultInstance();
    for (int depth = 0; depth < 40; depth++) {
      graph =
          GraphProto.newBuilder()
              .addNode(
                  node("If", "y")
                      .addAttribute(AttributeProto.newBuilder().setName("then").setG(graph)))
              .build();
    }
    byte[] bytes = model(graph.toBuilder()).build().toByteArray();
    assertThatThrownBy(() -> IMPORT.read("a.onnx", bytes))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("messages within each other");
  }

  @Test
  void manyPackedNumbersAreRefused() {
    byte[] ones = new byte[ReadLimits.PACKED_BYTES + 1];
    Arrays.fill(ones, (byte) 1);
    ByteString packed =
        ByteString.copyFrom(new byte[] {0x3a})
            .concat(varint(ones.length + 12))
            .concat(ByteString.copyFrom(new byte[] {0x2a}))
            .concat(varint(ones.length + 6))
            .concat(ByteString.copyFrom(new byte[] {0x3a}))
            .concat(varint(ones.length))
            .concat(ByteString.copyFrom(ones));
    assertThatThrownBy(() -> IMPORT.read("a.onnx", packed.toByteArray()))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("bytes of packed whole numbers");
  }

  private static ByteString varint(int number) {
    byte[] bytes = new byte[5];
    for (int i = 0; i < 5; i++) {
      bytes[i] = (byte) (((number >>> (7 * i)) & 0x7f) | (i < 4 ? 0x80 : 0));
    }
    return ByteString.copyFrom(bytes);
  }

  @Test
  void valuesForInputsHaveToFit() {
    byte[] bytes = model(plain()).build().toByteArray();
    assertThatThrownBy(() -> IMPORT.giving("z", Tensor.scalar(1)).read("a.onnx", bytes))
        .hasMessageContaining("a value for 'z', expected one for an input: [x]");
    assertThatThrownBy(() -> IMPORT.giving("x", Tensor.scalar(1)).read("a.onnx", bytes))
        .hasMessageContaining("input 'x': found a value of type f64[], expected f32[N, 3]");
  }
}
