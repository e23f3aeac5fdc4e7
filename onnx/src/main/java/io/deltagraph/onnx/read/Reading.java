package io.deltagraph.onnx.read;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.OperatorSetIdProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.registry.NearNames;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One file on its way to a graph. */
final class Reading {
  private final FilePlace file;
  private final Map<String, Tensor> given;
  private final OpLookup ops;
  private final GraphBuilder builder;
  private final Map<String, NodeOperand> operands = new HashMap<>();
  private final Map<String, TypeProto> stated = new HashMap<>();
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Integer> operators = new TreeMap<>();
  private final Settling settling = new Settling();
  private final Types types = new Types();

  private Reading(FilePlace file, OpLookup ops, Map<String, Tensor> given) {
    this.file = file;
    this.given = given;
    this.ops = ops;
    this.builder = GraphBuilder.withoutSites(ops);
  }

  /** Reads a model, with values for some of its inputs. */
  static OnnxModel read(byte[] bytes, FilePlace file, OpLookup ops, Map<String, Tensor> given) {
    ModelProto model;
    try {
      WireCheck.check(bytes, file);
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.enableAliasing(true);
      in.setRecursionLimit(ReadLimits.DEPTH);
      model = ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw file.refuse(
          "bytes that are no ONNX model" + reason(e),
          "a whole file of ONNX's protobuf",
          FilePlace.COPY);
    }
    return new Reading(file, ops, given).read(model);
  }

  private static String reason(IOException e) {
    boolean told = e instanceof InvalidProtocolBufferException && e.getMessage() != null;
    return told ? " (" + String.valueOf(e.getMessage()).replaceAll("\\.$", "") + ")" : "";
  }

  private OnnxModel read(ModelProto model) {
    int opset = opset(model);
    GraphProto graph = model.getGraph();
    refuseOthers(model, graph);
    NodeOrder order = NodeOrder.of(graph, file);
    graph.getValueInfoList().forEach(info -> stated.put(info.getName(), info.getType()));
    graph.getOutputList().forEach(output -> stated.put(output.getName(), output.getType()));
    initialisers(graph);
    inputs(graph);
    List<String> texts = order.texts();
    Set<Integer> skipped = order.ofTexts();
    NotedOps notes = new NotedOps(order, ops, builder, opset, operands);
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (!skipped.contains(i)) {
        try {
          node(order, notes, i, opset);
        } catch (ReadRefusal refusal) {
          notes.refused(graph.getNode(i), refusal);
        }
        notes.takeBack(graph.getNode(i));
      }
    }
    notes.end();
    if (texts.size() == graph.getOutputCount()) {
      throw file.refuse("outputs of texts alone", "one of numbers", "export what gives the texts");
    }
    Map<String, Value> outputs = outputs(graph, texts);
    parameters
        .keySet()
        .retainAll(builder.graph(outputs).parameters().stream().map(Value::label).toList());
    return new OnnxModel(
        builder.graph(outputs),
        parameters,
        new OnnxModel.Origin(
            model.getProducerName(),
            model.getProducerVersion(),
            (int) model.getIrVersion(),
            opset,
            operators),
        metadata(model),
        texts);
  }

  private Map<String, String> metadata(ModelProto model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }

  private int opset(ModelProto model) {
    long format = model.getIrVersion();
    if (format < Opset.OLDEST_FORMAT || format > Opset.NEWEST_FORMAT) {
      throw file.refuse(
          "version " + format + " of the format",
          Opset.OLDEST_FORMAT + " to " + Opset.NEWEST_FORMAT,
          format == 0 ? FilePlace.COPY : "export the model in one of these");
    }
    Map<String, Long> versions = new HashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String domain = set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
      if (versions.put(domain, set.getVersion()) != null) {
        throw file.refuse(
            "two versions of the operators of " + FilePlace.quoted(domain), "one", FilePlace.AGAIN);
      }
    }
    long opset = versions.getOrDefault("", 0L);
    if (opset < Opset.OLDEST || opset > Opset.NEWEST) {
      throw file.refuse(
          opset == 0 ? "no version of ONNX's operators" : "opset " + opset,
          "opset " + Opset.OLDEST + " to " + Opset.NEWEST,
          "export the model with one of these, or convert it");
    }
    return (int) opset;
  }

  private void refuseOthers(ModelProto model, GraphProto graph) {
    absent(model.getFunctionsCount(), "functions of its own", "inline them");
    absent(model.getTrainingInfoCount(), "parts for training", "export the model for inference");
    absent(graph.getSparseInitializerCount(), "sparse initialisers", "export them as dense ones");
    absent(
        graph.getQuantizationAnnotationCount(), "quantised tensors", "export the model before it");
    if (graph.getNodeCount() > ReadLimits.NODES) {
      throw file.refuse(
          graph.getNodeCount() + " nodes", "at most " + ReadLimits.NODES, "read a smaller model");
    }
    if (graph.getOutputCount() == 0) {
      throw file.refuse("no output", "at least one", FilePlace.COPY);
    }
  }

  private void absent(int count, String what, String advice) {
    if (count > 0) {
      throw file.refuse(count + " " + what, "none", advice);
    }
  }

  /** Floats become parameters where a run needs them, and all others constants. */
  private void initialisers(GraphProto graph) {
    for (TensorProto proto : graph.getInitializerList()) {
      String name = proto.getName();
      if (proto.getDataType() == TensorProto.DataType.STRING_VALUE) {
        continue; // whoever needs it is told that nothing gives it
      }
      Tensor tensor = Tensors.read(proto, file.at("initialiser " + FilePlace.quoted(name)));
      operands.put(
          name,
          tensor.type().dtype().isFloat()
              ? NodeOperand.of(tensor, () -> parameter(name, tensor))
              : NodeOperand.of(tensor, builder));
    }
  }

  private Value parameter(String name, Tensor tensor) {
    parameters.put(name, tensor);
    return builder.parameter(name, tensor.type());
  }

  private void inputs(GraphProto graph) {
    Set<String> known = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      String name = input.getName();
      FilePlace place = file.at("input " + FilePlace.quoted(name));
      known.add(name);
      NodeOperand initial = operands.get(name);
      Tensor tensor = given.get(name);
      if (tensor == null && initial != null) {
        Types.check(input.getType(), initial.type(), place);
        continue;
      }
      TensorType type = types.of(name, input.getType(), place);
      if (tensor != null && !tensor.bind(type, new HashMap<>())) {
        throw place.refuse("a value of type " + tensor.type(), type.toString(), "give another one");
      }
      operands.put(
          name,
          tensor == null
              ? NodeOperand.of(builder.input(name, type))
              : NodeOperand.of(tensor, builder));
    }
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw file.refuse(
            "a value for " + FilePlace.quoted(name),
            "one for an input: " + known,
            "correct its name");
      }
    }
  }

  private void node(NodeOrder order, NotedOps notes, int index, int opset) {
    NodeProto proto = order.graph().getNode(index);
    FilePlace place = file.at(order.label(index));
    Operators.Operator operator = operator(proto, opset, place);
    if (proto.getInputCount() > ReadLimits.PER_NODE
        || proto.getOutputCount() > ReadLimits.PER_NODE
        || proto.getAttributeCount() > ReadLimits.PER_NODE) {
      throw place.refuse(
          "%d inputs, %d outputs and %d attributes"
              .formatted(proto.getInputCount(), proto.getOutputCount(), proto.getAttributeCount()),
          "at most " + ReadLimits.PER_NODE + " of each",
          "split it");
    }
    List<@Nullable NodeOperand> inputs = new ArrayList<>();
    for (String name : proto.getInputList()) {
      if (!name.isEmpty() && !operands.containsKey(name)) {
        notes.require(name);
      }
      inputs.add(name.isEmpty() ? null : operand(order, name, index, place));
    }
    Node node = new Node(proto, opset, builder, inputs, settling, place);
    List<NodeOperand> results = results(operator, node, place);
    node.end();
    operators.merge(proto.getOpType(), 1, Integer::sum);
    if (proto.getOutputCount() > results.size()) {
      throw place.refuse(
          proto.getOutputCount() + " outputs", "at most " + results.size(), FilePlace.AGAIN);
    }
    for (int i = 0; i < proto.getOutputCount(); i++) {
      if (!proto.getOutput(i).isEmpty()) {
        result(proto.getOutput(i), results.get(i), place);
      }
    }
  }

  private static Operators.Operator operator(NodeProto proto, int opset, FilePlace place) {
    String name = proto.getOpType();
    boolean own = proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
    Operators.Operator found = own ? Operators.known().get(name) : null;
    if (found == null) {
      List<String> near =
          own && name.length() < ReadLimits.NAME_LENGTH / 8
              ? NearNames.of(name, Operators.known().keySet())
              : List.of();
      throw place.refuse(
          "an operator "
              + (own ? "" : "of the domain " + FilePlace.quoted(proto.getDomain()) + " ")
              + "that is not read here",
          near.isEmpty()
              ? "one of those in docs/onnx-import.md"
              : "perhaps " + String.join(" or ", near),
          "export the model with these alone");
    }
    if (found.since() > opset) {
      throw place.refuse(
          "an operator of opset " + found.since() + " in a file of opset " + opset,
          "the opset that has it",
          FilePlace.AGAIN);
    }
    return found;
  }

  private NodeOperand operand(NodeOrder order, String name, int reader, FilePlace place) {
    NodeOperand operand = operands.get(name);
    if (operand == null) {
      throw order.missing(name, reader, place);
    }
    return operand;
  }

  /** What the engine refuses is told at the node that asked for it. */
  private static List<NodeOperand> results(
      Operators.Operator operator, Node node, FilePlace place) {
    try {
      return Folding.of(node).map(List::of).orElseGet(() -> operator.rule().read(node));
    } catch (GraphException.BadTypes e) {
      throw place.refuse(
          "inputs of the types " + e.types() + ", which do not fit: " + e.reason(),
          "inputs that " + e.op() + " takes",
          FilePlace.AGAIN);
    } catch (GraphException | IllegalArgumentException | ArithmeticException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
      throw place.refuse(
          "what cannot be: " + first.replaceAll("\\.$", ""), "a valid node", FilePlace.AGAIN);
    }
  }

  private void result(String name, NodeOperand result, FilePlace place) {
    TensorType type = result.type();
    FilePlace output = place.at("output " + FilePlace.quoted(name));
    Tensors.shape(
        type.shape().dims().stream()
            .filter(dim -> dim.isFixed())
            .map(dim -> (long) dim.size())
            .toList(),
        output);
    TypeProto claim = stated.get(name);
    if (claim != null) {
      Types.check(claim, type, output);
    }
    operands.put(name, result);
  }

  private Map<String, Value> outputs(GraphProto graph, List<String> texts) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      String name = output.getName();
      if (texts.contains(name)) {
        continue;
      }
      NodeOperand operand = operands.get(name);
      FilePlace place = file.at("output " + FilePlace.quoted(name));
      if (operand == null) {
        throw place.refuse("nothing that gives it", "a node's output", FilePlace.COPY);
      }
      Types.check(output.getType(), operand.type(), place);
      Value value = operand.value();
      if (value instanceof Apply && value.name().isEmpty() && builder.named(name).isEmpty()) {
        value.named(name);
      }
      outputs.put(name, value);
    }
    return outputs;
  }
}
