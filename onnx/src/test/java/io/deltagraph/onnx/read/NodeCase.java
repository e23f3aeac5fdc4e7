package io.deltagraph.onnx.read;

import io.deltagraph.graph.GraphException;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of ONNX's public node tests: a folder with a model and what it gives for which inputs.
 * Settings that stand among the inputs, such as shapes and axes, are given to the import.
 */
record NodeCase(Path folder, ModelProto model) {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;

  /** Operators whose cases state an older opset, in which they are what they were in 13. */
  private static final Set<String> UNCHANGED = Set.of("And", "Or", "Xor", "Not", "Shrink");

  private static final Pattern UNKNOWN =
      Pattern.compile("node (\\d+) .*found an input (\\d+), .*that only a run knows");

  static NodeCase of(Path folder) throws IOException {
    ModelProto.Builder model =
        ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx"))).toBuilder();
    boolean same =
        model.getGraph().getNodeList().stream().allMatch(n -> UNCHANGED.contains(n.getOpType()));
    if (same) {
      model.getOpsetImportBuilderList().forEach(set -> set.setVersion(13));
    }
    return new NodeCase(folder, model.build());
  }

  /** The folders of all cases. */
  static List<Path> folders(Path root) throws IOException {
    try (var folders = Files.list(root)) {
      return folders.filter(f -> Files.exists(f.resolve("model.onnx"))).sorted().toList();
    }
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Whether its operators, versions and types are among those that are read here. */
  boolean isOfSubset() {
    long opset =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToLong(set -> set.getVersion())
            .findFirst()
            .orElse(0);
    return opset >= 13
        && model.getGraph().getNodeList().stream()
            .allMatch(n -> n.getDomain().isEmpty() && Operators.known().containsKey(n.getOpType()))
        && types(model.getGraph().getInputList())
        && types(model.getGraph().getOutputList());
  }

  private static boolean types(List<ValueInfoProto> values) {
    return values.stream()
        .allMatch(value ->
            value.getType().hasTensorType()
                && ElementTypes.dtype(value.getType().getTensorType().getElemType()).isPresent());
  }

  /** What is wrong with the first set of numbers; empty if nothing is. */
  String run(OpRegistry ops) {
    try {
      return compare(ops);
    } catch (OnnxException | GraphException e) {
      return String.valueOf(e.getMessage()).replace('\n', ' ');
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private String compare(OpRegistry ops) throws IOException {
    List<Tensor> inputs = tensors("input");
    List<Tensor> expected = tensors("output");
    Map<String, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      feeds.put(model.getGraph().getInput(i).getName(), inputs.get(i));
    }
    OnnxModel read = read(ops, feeds);
    try (Session session = Session.open(read.graph())) {
      session.setAll(read.parameters());
      feeds.keySet().retainAll(read.graph().inputs().stream().map(v -> v.label()).toList());
      Map<String, Tensor> outputs = session.run(feeds);
      for (int i = 0; i < expected.size(); i++) {
        String name = model.getGraph().getOutput(i).getName();
        String wrong = differs(outputs.get(name), expected.get(i));
        if (!wrong.isEmpty()) {
          return name + ": " + wrong;
        }
      }
    }
    return "";
  }

  /** Gives the import those inputs that it asks for. */
  private OnnxModel read(OpRegistry ops, Map<String, Tensor> feeds) throws IOException {
    OnnxImport reader = OnnxImport.with(ops);
    for (int attempt = 0; ; attempt++) {
      try {
        return reader.read(name(), model.toByteArray());
      } catch (OnnxException e) {
        Matcher matcher = UNKNOWN.matcher(String.valueOf(e.getMessage()));
        if (!matcher.find() || attempt > feeds.size()) {
          throw e;
        }
        NodeProto node = model.getGraph().getNode(Integer.parseInt(matcher.group(1)));
        String asked = node.getInput(Integer.parseInt(matcher.group(2)));
        Tensor tensor = feeds.get(asked);
        if (tensor != null) {
          reader = reader.giving(asked, tensor);
        } else {
          reader = new OnnxImport(ops, whole(feeds));
        }
      }
    }
  }

  private static Map<String, Tensor> whole(Map<String, Tensor> feeds) {
    Map<String, Tensor> whole = new HashMap<>(feeds);
    whole.values().removeIf(tensor -> tensor.type().dtype().isFloat());
    return whole;
  }

  private List<Tensor> tensors(String kind) throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; ; i++) {
      Path file = folder.resolve("test_data_set_0").resolve(kind + "_" + i + ".pb");
      if (!Files.exists(file)) {
        return tensors;
      }
      TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
      tensors.add(Tensors.read(proto, new FilePlace(file.toString())));
    }
  }

  private static String differs(Tensor got, Tensor expected) {
    if (!got.type().equals(expected.type())) {
      return got.type() + " instead of " + expected.type();
    }
    for (int i = 0; i < got.length(); i++) {
      double a = got.get(i);
      double b = expected.get(i);
      boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
      if (!same && !(Math.abs(a - b) <= ABSOLUTE + RELATIVE * Math.abs(b))) {
        return "element " + i + " is " + a + " instead of " + b;
      }
    }
    return "";
  }
}
