package io.deltagraph.onnx.read;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.note.OpNote;
import io.deltagraph.onnx.write.OnnxExport;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes back the ops that the export has noted where it wrote several nodes for one, plugins' ops
 * too. A note is believed if the op, written again, is those nodes; otherwise they mean what they
 * mean in ONNX. So nothing that a file says can make it mean anything else.
 */
final class NotedOps {
  private final NodeOrder order;
  private final OpLookup ops;
  private final GraphBuilder builder;
  private final int opset;
  private final Map<String, NodeOperand> operands;
  private final boolean noted;
  private final Map<String, ReadRefusal> refused = new LinkedHashMap<>();
  private long left = ReadLimits.NOTED_ELEMENTS;

  NotedOps(
      NodeOrder order,
      OpLookup ops,
      GraphBuilder builder,
      int opset,
      Map<String, NodeOperand> operands) {
    this.order = order;
    this.ops = ops;
    this.builder = builder;
    this.opset = opset;
    this.operands = operands;
    this.noted =
        order.graph().getNodeList().stream()
            .anyMatch(node -> !OpNote.of(node.getDocString()).isEmpty());
  }

  /** Keeps why a node cannot be read until it is known whether a note has an op for it. */
  void refused(NodeProto node, ReadRefusal refusal) {
    if (!noted) {
      throw refusal;
    }
    node.getOutputList().forEach(output -> refused.putIfAbsent(output, refusal));
  }

  /** Refuses a name whose node could not be read. */
  void require(String name) {
    ReadRefusal refusal = refused.get(name);
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Refuses the file if a node could not be read and no note has an op for it. */
  void end() {
    refused.keySet().stream().findFirst().ifPresent(this::require);
  }

  /** Takes back the ops that are noted at a node, the last of those that they were written as. */
  void takeBack(NodeProto node) {
    for (OpNote note : OpNote.of(node.getDocString())) {
      try {
        takeBack(note);
      } catch (GraphException | IllegalArgumentException | ArithmeticException e) {
        // No such op, or not of these inputs: the nodes are read as they are.
      } catch (OnnxException | InvalidProtocolBufferException e) {
        // An op that is not written as nodes.
      }
    }
  }

  private void takeBack(OpNote note) throws OnnxException, InvalidProtocolBufferException {
    List<Value> inputs = new ArrayList<>();
    for (String name : note.inputs()) {
      @Nullable NodeOperand operand = operands.get(name);
      if (operand == null) {
        return;
      }
      inputs.add(operand.value());
    }
    OpId id = OpId.of(note.op());
    Tuple tuple = builder.tuple(id, note.attributes(), inputs);
    if (tuple.parts().size() != note.outputs().size() || !fit(tuple, note.outputs())) {
      return;
    }
    Optional<NodeMatch> match = match(id, note, inputs);
    if (match.isPresent()) {
      match.get().names().forEach(refused::remove);
      for (int i = 0; i < note.outputs().size(); i++) {
        if (!note.outputs().get(i).isEmpty()) {
          operands.put(note.outputs().get(i), NodeOperand.of(tuple.parts().get(i)));
        }
      }
    }
  }

  /** Whether the outputs have the types of what was read, if that could be read, and are small. */
  private boolean fit(Tuple tuple, List<String> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      Value part = tuple.parts().get(i);
      @Nullable NodeOperand read = operands.get(outputs.get(i));
      if (read != null && (!read.type().equals(part.type()) || read.numbers().isPresent())) {
        return false;
      }
      long elements = 1;
      for (Dim dim : part.shape().dims()) {
        elements *= dim.isFixed() ? Math.min(dim.size(), left + 1) : 1;
        elements = Math.min(elements, left + 1);
      }
      left -= elements;
      if (left < 0) {
        return false;
      }
    }
    return true;
  }

  /** The nodes of the file that the op is written as. */
  private Optional<NodeMatch> match(OpId id, OpNote note, List<Value> inputs)
      throws OnnxException, InvalidProtocolBufferException {
    GraphBuilder alone = GraphBuilder.withoutSites(ops);
    Map<String, String> names = new LinkedHashMap<>();
    List<Value> arguments = new ArrayList<>();
    for (Value input : inputs) {
      String name = "x" + arguments.size();
      names.put(name, note.inputs().get(arguments.size()));
      arguments.add(alone.input(name, input.type()));
    }
    Tuple tuple = alone.tuple(id, note.attributes(), arguments);
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < note.outputs().size(); i++) {
      if (!note.outputs().get(i).isEmpty()) {
        outputs.put("y" + i, tuple.parts().get(i));
      }
    }
    GraphProto written =
        ModelProto.parseFrom(
                OnnxExport.of(alone.graph(outputs), Map.of(), new Opset(opset)).bytes())
            .getGraph();
    NodeMatch match = new NodeMatch(written, order, operands, names);
    for (String output : outputs.keySet()) {
      if (!match.is(output, note.outputs().get(Integer.parseInt(output.substring(1))))) {
        return Optional.empty();
      }
    }
    return Optional.of(match);
  }
}
