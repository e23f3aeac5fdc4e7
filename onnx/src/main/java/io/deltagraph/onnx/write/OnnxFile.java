package io.deltagraph.onnx.write;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.files.OutputFile;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model in ONNX, not yet on disk. */
public final class OnnxFile {
  private final ModelProto model;
  private final Map<Value, String> values;

  OnnxFile(ModelProto model, Map<Value, String> values) {
    this.model = model;
    Set<String> made =
        model.getGraph().getNodeList().stream()
            .flatMap(node -> node.getOutputList().stream())
            .collect(ImmutableSet.toImmutableSet());
    ImmutableMap.Builder<Value, String> kept = ImmutableMap.builder();
    values.forEach((value, name) -> {
      if (made.contains(name)) {
        kept.put(value, name);
      }
    });
    this.values = kept.buildOrThrow();
  }

  /** The content of the file. */
  public byte[] bytes() {
    return model.toByteArray();
  }

  /**
   * Writes the file, replacing any of that name, or leaves everything as it was.
   *
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) throws ModelFileException {
    try (OutputFile output = OutputFile.open(file)) {
      output.write(model::writeTo);
    }
  }

  /** How many nodes it has. */
  public int nodes() {
    return model.getGraph().getNodeCount();
  }

  /** The names of its inputs. */
  public List<String> inputs() {
    return model.getGraph().getInputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** The names of its outputs. */
  public List<String> outputs() {
    return model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** What the graph's values that a node of the file gives are called in it, in order. */
  public Map<Value, String> values() {
    return values;
  }

  /** The same model with all of {@link #values} as outputs, for a look at what comes in between. */
  public byte[] showingValues() {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    List<String> outputs = outputs();
    values.forEach((value, name) -> {
      if (!outputs.contains(name)) {
        TypeProto.Tensor type =
            TypeProto.Tensor.newBuilder().setElemType(ElementTypes.number(value.dtype())).build();
        graph.addOutput(
            ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type)));
      }
    });
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }
}
