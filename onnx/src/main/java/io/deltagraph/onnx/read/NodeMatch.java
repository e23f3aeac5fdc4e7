package io.deltagraph.onnx.read;

import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Dim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether nodes of a file are those of another graph: the same operators with the same attributes
 * on the same inputs, and constants of the same bits. The size of a named dimension may be read off
 * any value that has it.
 */
final class NodeMatch {
  private final NodeOrder order;
  private final NodeOrder written;
  private final Map<String, NodeOperand> operands;
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, List<Dim>> inputs = new HashMap<>();
  private final Map<String, String> matched;
  private final Set<String> given = new HashSet<>();
  private final FilePlace place = new FilePlace("an op that is written again");

  /**
   * Begins with inputs.
   *
   * @param written the other graph
   * @param order the nodes of the file
   * @param operands what names of the file stand for
   * @param names which names of the file the inputs of the other graph are
   */
  NodeMatch(
      GraphProto written,
      NodeOrder order,
      Map<String, NodeOperand> operands,
      Map<String, String> names) {
    this.order = order;
    this.written = NodeOrder.of(written, place);
    this.operands = operands;
    this.matched = new HashMap<>(names);
    written.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
    for (ValueInfoProto input : written.getInputList()) {
      @Nullable NodeOperand operand = operands.get(names.getOrDefault(input.getName(), ""));
      inputs.put(input.getName(), operand == null ? List.of() : operand.type().shape().dims());
    }
  }

  /** What the nodes of the file that were found to be of the other graph give. */
  Set<String> names() {
    return given;
  }

  /** Whether a value of the other graph is that of the file. */
  boolean is(String value, String name) {
    @Nullable String known = matched.get(value);
    if (known != null) {
      return known.equals(name);
    }
    boolean is = isNew(value, name);
    if (is) {
      matched.put(value, name);
    }
    return is;
  }

  private boolean isNew(String value, String name) {
    @Nullable TensorProto constant = constants.get(value);
    if (constant != null) {
      return isConstant(constant, name);
    }
    @Nullable Integer maker = written.makers().get(value);
    if (maker == null) {
      return value.isEmpty() && name.isEmpty();
    }
    NodeProto node = written.graph().getNode(maker);
    Optional<Dim> size = size(node);
    if (size.isPresent()) {
      return isSize(size.get(), name);
    }
    @Nullable Integer found = order.makers().get(name);
    if (found == null) {
      return false;
    }
    NodeProto other = order.graph().getNode(found);
    given.addAll(other.getOutputList());
    return isNode(node, other)
        && node.getOutputList().indexOf(value) == other.getOutputList().indexOf(name);
  }

  private boolean isNode(NodeProto node, NodeProto other) {
    return node.getOpType().equals(other.getOpType())
        && node.getDomain().equals(other.getDomain())
        && node.getAttributeList().equals(other.getAttributeList())
        && node.getInputCount() == other.getInputCount()
        && IntStream.range(0, node.getInputCount())
            .allMatch(i -> is(node.getInput(i), other.getInput(i)));
  }

  private boolean isConstant(TensorProto constant, String name) {
    @Nullable NodeOperand operand = operands.get(name);
    Optional<Tensor> other = operand == null ? Optional.empty() : operand.tensor();
    if (other.isEmpty()) {
      return false;
    }
    Tensor tensor = Tensors.read(constant, place);
    return tensor.type().equals(other.get().type())
        && IntStream.range(0, tensor.length()).allMatch(i -> tensor.bits(i) == other.get().bits(i));
  }

  /** The dimension whose size a node takes out of the shape of an input. */
  private Optional<Dim> size(NodeProto node) {
    @Nullable Integer maker =
        node.getOpType().equals("Gather") ? written.makers().get(node.getInput(0)) : null;
    if (maker == null || !written.graph().getNode(maker).getOpType().equals("Shape")) {
      return Optional.empty();
    }
    @Nullable TensorProto axis = constants.get(node.getInput(1));
    List<Dim> dims = inputs.getOrDefault(written.graph().getNode(maker).getInput(0), List.of());
    return axis == null
        ? Optional.empty()
        : Optional.of(dims.get((int) Tensors.read(axis, place).bits(0)));
  }

  private boolean isSize(Dim dim, String name) {
    @Nullable NodeOperand operand = operands.get(name);
    Optional<WholeNumbers> numbers = operand == null ? Optional.empty() : operand.numbers();
    if (numbers.isEmpty() || numbers.get().scalar() || numbers.get().size() != 1) {
      return false;
    }
    WholeNumbers.Entry entry = numbers.get().get(0);
    return switch (dim) {
      case Dim.Fixed fixed -> entry.equals(new WholeNumbers.Known(fixed.size()));
      case Dim.Named named -> entry instanceof WholeNumbers.Size size && size.dim().equals(named);
    };
  }
}
