package io.deltagraph.onnx.write;

import com.google.protobuf.ByteString;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.note.OpNote;
import io.deltagraph.onnxproto.AttributeProto;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The nodes and constants of a file in the order in which they are written, each with a name. */
final class NodeList {
  /** The domain of ONNX's ops for texts and tables. */
  static final String TABLES = "ai.onnx.ml";

  private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm");

  private final Opset opset;
  private final List<NodeProto.Builder> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final Map<TensorProto, String> known = new HashMap<>();
  private final Map<String, NodeProto.Builder> producers = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<OpNote> notes = new ArrayList<>();
  private String scope = "";
  private boolean tables;
  private long bytes;
  private int written;

  NodeList(Opset opset) {
    this.opset = opset;
  }

  int opset() {
    return opset.version();
  }

  /** Whether an op of {@link #TABLES} was written. */
  boolean hasTables() {
    return tables;
  }

  /** How many bytes the constants take. */
  long bytes() {
    return bytes;
  }

  /** How many nodes were written, those among them that were replaced. */
  int written() {
    return written;
  }

  /** Says which op the last nodes were written for, so that the reader may take it back. */
  void note(OpNote note) {
    notes.add(note);
  }

  /** What the names of the next nodes begin with. */
  void scope(String name) {
    scope = name;
  }

  /** A name that nothing else has, and is nobody else's from now on. */
  String unique(String wish) {
    String name = wish;
    while (!names.add(name)) {
      name = wish + "_" + counts.merge(wish, 1, Integer::sum);
    }
    return name;
  }

  String add(String operator, Map<String, ?> attributes, String... inputs) {
    return addAll("", operator, 1, attributes, List.of(inputs)).getFirst();
  }

  String add(String operator, String... inputs) {
    return add(operator, Map.of(), inputs);
  }

  List<String> addAll(
      String domain, String operator, int outputs, Map<String, ?> attributes, List<String> inputs) {
    String name = unique(scope.isEmpty() ? operator : scope + "/" + operator);
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operator)
            .setDomain(domain)
            .addAllInput(inputs);
    tables |= domain.equals(TABLES);
    new TreeMap<>(attributes).forEach((key, value) -> node.addAttribute(attribute(key, value)));
    List<String> made = new ArrayList<>(List.of(name));
    for (int i = 1; i < outputs; i++) {
      made.add(unique(name + ":" + i));
    }
    node.addAllOutput(made);
    made.forEach(output -> producers.put(output, node));
    nodes.add(node);
    written++;
    return made;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name);
    return switch (value) {
      case Integer number -> made.setType(AttributeProto.AttributeType.INT).setI(number).build();
      case Double number ->
          made.setType(AttributeProto.AttributeType.FLOAT).setF(number.floatValue()).build();
      case String text ->
          made.setType(AttributeProto.AttributeType.STRING)
              .setS(ByteString.copyFromUtf8(text))
              .build();
      case List<?> list when list.stream().allMatch(Integer.class::isInstance) -> {
        list.forEach(element -> made.addInts((Integer) element));
        yield made.setType(AttributeProto.AttributeType.INTS).build();
      }
      case List<?> list -> {
        list.forEach(element -> made.addStrings(ByteString.copyFromUtf8((String) element)));
        yield made.setType(AttributeProto.AttributeType.STRINGS).build();
      }
      default -> throw new IllegalArgumentException("No attribute of ONNX: " + value);
    };
  }

  /** What op gives that value; empty for what no node gives. */
  String producer(String value) {
    NodeProto.Builder node = producers.get(value);
    return node == null ? "" : node.getOpType();
  }

  /** What the node that gives that value is made of. */
  List<String> sources(String value) {
    NodeProto.Builder node = producers.get(value);
    return node == null ? List.of() : List.copyOf(node.getInputList());
  }

  /** A whole-number attribute of the node that gives that value. */
  int attribute(String value, String name, int usual) {
    NodeProto.Builder node = producers.get(value);
    return node == null
        ? usual
        : node.getAttributeList().stream()
            .filter(attribute -> attribute.getName().equals(name))
            .mapToInt(attribute -> Math.toIntExact(attribute.getI()))
            .findFirst()
            .orElse(usual);
  }

  /** A named constant, such as a parameter. */
  String constant(String wish, Tensor tensor) {
    return keep(unique(wish), tensor(tensor));
  }

  /** A constant; equal ones are kept once. */
  String constant(Tensor tensor) {
    TensorProto proto = tensor(tensor);
    return known.computeIfAbsent(proto, key -> keep(unique("constant"), key));
  }

  String constant(DType dtype, double value) {
    return constant(Tensor.filled(TensorType.scalar(dtype), value));
  }

  /** A vector of whole numbers, as shapes and axes are. */
  String constant(List<Integer> numbers) {
    return constant(Tensor.longs(numbers.stream().mapToLong(Integer::longValue).toArray()));
  }

  /** A vector of texts. */
  String texts(List<String> texts) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.STRING.getNumber())
            .addDims(texts.size());
    texts.forEach(text -> proto.addStringData(ByteString.copyFromUtf8(text)));
    return keep(unique("texts"), proto.build());
  }

  private String keep(String name, TensorProto proto) {
    constants.add(proto.toBuilder().setName(name).build());
    bytes += proto.getRawData().size();
    return name;
  }

  private static TensorProto tensor(Tensor tensor) {
    DType dtype = tensor.type().dtype();
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(tensor.length(), dtype.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tensor.length(); i++) {
      switch (dtype) {
        case F64 -> raw.putDouble(tensor.get(i));
        case F32 -> raw.putFloat((float) tensor.get(i));
        case I64 -> raw.putLong(tensor.bits(i));
        case I32 -> raw.putInt((int) tensor.get(i));
        case BOOL -> raw.put((byte) tensor.get(i));
      }
    }
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDataType(ElementTypes.number(dtype))
            .setRawData(ByteString.copyFrom(raw.flip()));
    Arrays.stream(tensor.type().shape().sizes()).forEach(proto::addDims);
    return proto.build();
  }

  /**
   * Makes products of matrices that are written already, with the right one perhaps transposed
   * before, into products plus a row; nothing where they are no such products.
   */
  @Nullable String withBias(String product, String bias) {
    NodeProto.Builder node = producers.get(product);
    if (node == null || !PRODUCTS.contains(node.getOpType())) {
      return null;
    }
    List<String> sources = node.getInputList();
    nodes.removeIf(other -> other.getName().equals(node.getName()));
    producers.remove(product);
    String left = sources.get(0);
    String right = sources.get(1);
    boolean transposed = node.getOpType().equals("Gemm");
    if (!transposed && producer(right).equals("Transpose")) {
      transposed = true;
      right = sources(right).getFirst();
    }
    return transposed
        ? add("Gemm", Map.of("transB", 1), left, right, bias)
        : add("Gemm", left, right, bias);
  }

  /** Gives what a node makes another name, in all places; false where no node makes it. */
  boolean rename(String value, String name) {
    NodeProto.Builder producer = producers.remove(value);
    if (producer == null) {
      return false;
    }
    producers.put(name, producer);
    for (NodeProto.Builder node : nodes) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (node.getInput(i).equals(value)) {
          node.setInput(i, name);
        }
      }
    }
    producer.setOutput(producer.getOutputList().indexOf(value), name);
    UnaryOperator<String> renaming = old -> old.equals(value) ? name : old;
    notes.replaceAll(note -> note.renamed(renaming, renaming));
    return true;
  }

  /** Whether a node or a constant has that name. */
  boolean isThere(String value) {
    return producers.containsKey(value)
        || constants.stream().anyMatch(constant -> constant.getName().equals(value));
  }

  /** Writes what the results are made of; nothing else is left in the file. */
  void writeInto(GraphProto.Builder graph, Set<String> results) {
    Set<String> needed = new HashSet<>(results);
    List<NodeProto.Builder> kept = new ArrayList<>();
    for (NodeProto.Builder node : nodes.reversed()) {
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(node.getInputList());
        kept.add(node);
      }
    }
    notes.forEach(note -> document(note, kept, needed));
    kept.reversed().forEach(graph::addNode);
    constants.stream()
        .filter(constant -> needed.contains(constant.getName()))
        .forEach(graph::addInitializer);
  }

  /** Puts a note at the last of its nodes, which come last first; not where all is left out. */
  private static void document(OpNote note, List<NodeProto.Builder> nodes, Set<String> needed) {
    OpNote left = note.renamed(input -> input, output -> needed.contains(output) ? output : "");
    for (NodeProto.Builder node : nodes) {
      if (node.getOutputList().stream().anyMatch(left.outputs()::contains)) {
        left.text().ifPresent(text -> node.setDocString(node.getDocString() + text));
        return;
      }
    }
  }
}
