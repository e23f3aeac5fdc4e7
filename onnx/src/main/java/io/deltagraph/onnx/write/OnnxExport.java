package io.deltagraph.onnx.write;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnxproto.GraphProto;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.OperatorSetIdProto;
import io.deltagraph.onnxproto.StringStringEntryProto;
import io.deltagraph.onnxproto.TensorShapeProto;
import io.deltagraph.onnxproto.TypeProto;
import io.deltagraph.onnxproto.ValueInfoProto;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.LinkedHashSet;
import java.util.Map;

/** Graphs and saved models as ONNX. */
public final class OnnxExport {
  /** Of the format's whole size, which protobuf counts in an int. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  private static final String PRODUCER = "deltagraph";
  private static final int TABLES_VERSION = 3;

  private OnnxExport() {}

  /**
   * A graph: its inputs and outputs keep their names and named dimensions, its parameters are
   * constants of the file.
   *
   * @param parameters a tensor for each of the graph's parameters, by name
   * @throws OnnxException naming the op that ONNX cannot hold, or if the file would be larger than
   *     2 GB, or for a graph that changes its parameters
   */
  public static OnnxFile of(Graph graph, Map<String, Tensor> parameters, Opset opset)
      throws OnnxException {
    check(graph, parameters);
    NodeList nodes = new NodeList(opset);
    Draft draft = new Draft(nodes, new Sizes(nodes));
    GraphNodes values = new GraphNodes(nodes, draft.sizes, graph, parameters);
    for (Input input : graph.inputs()) {
      values.name(input, draft.input(input.name().orElseThrow(), input.dtype(), input.shape()));
    }
    values.write(graph);
    graph
        .outputs()
        .forEach((name, value) ->
            values.name(
                value, draft.output(name, values.name(value), value.dtype(), value.shape())));
    return draft.file("graph", opset, ImmutableMap.of(), values.names());
  }

  /**
   * A saved model, from raw cells to predictions: what prepares the cells is a part of the file.
   *
   * <p>A table of numbers alone is one input, {@code rows}, f64[N, columns]; otherwise each column
   * is an input of its own, named as it is, [N, 1]: f64 for numbers and dates, which are days since
   * 1970-01-01, texts for categories. A blank cell is a NaN or an empty text. Outputs are {@code
   * outputs}, what the net gives, and {@code prediction}: the names of classes, or numbers as the
   * table has them.
   *
   * @throws OnnxException as {@link #of(Graph, Map, Opset)}
   */
  public static OnnxFile of(SavedModel model, Opset opset) throws OnnxException {
    Graph graph = model.graph();
    check(graph, model.parameters());
    NodeList nodes = new NodeList(opset);
    Draft draft = new Draft(nodes, new Sizes(nodes));
    GraphNodes values = new GraphNodes(nodes, draft.sizes, graph, model.parameters());
    Input input = graph.inputs().getFirst();
    Dim rows = input.shape().dim(0);
    values.name(
        input, new PreparationWriter(draft, rows).write(model.preparation(), input.dtype()));
    draft.sizes.readOff(values.name(input), input.shape());
    values.write(graph);
    new OutcomeWriter(draft, rows).write(model, values);
    return draft.file(model.name(), opset, OutcomeWriter.metadata(model), values.names());
  }

  private static void check(Graph graph, Map<String, Tensor> parameters) throws OnnxException {
    if (!graph.updates().isEmpty()) {
      throw new OnnxException(
          "the graph",
          "new values for " + graph.updates().keySet().iterator().next(),
          "a graph that changes no parameter",
          "export the graph that predicts, not the one that trains");
    }
    long bytes = 0;
    for (GraphParameter parameter : graph.parameters()) {
      String name = parameter.name().orElseThrow();
      Tensor tensor = parameters.get(name);
      if (tensor == null || !tensor.type().equals(parameter.type())) {
        throw new OnnxException(
            "the parameter '" + name + "'",
            tensor == null ? "no tensor" : tensor.type().toString(),
            parameter.type().toString(),
            "give a tensor for each parameter");
      }
      bytes += (long) tensor.length() * tensor.type().dtype().bytes();
    }
    limit(bytes);
  }

  /** Refuses what protobuf cannot write; parts in files of their own are not made here. */
  static void limit(long bytes) throws OnnxException {
    if (bytes > MOST_BYTES) {
      throw new OnnxException(
          "the graph",
          "parameters of " + bytes + " bytes",
          "less than 2 GB, which is the most that one ONNX file holds",
          "train in f32, or export the parts that are large as graphs of their own");
    }
  }

  /** A file while it is made: its inputs, outputs and nodes. */
  static final class Draft {
    private final NodeList nodes;
    private final Sizes sizes;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final LinkedHashSet<String> results = new LinkedHashSet<>();

    private Draft(NodeList nodes, Sizes sizes) {
      this.nodes = nodes;
      this.sizes = sizes;
    }

    NodeList nodes() {
      return nodes;
    }

    Sizes sizes() {
      return sizes;
    }

    String input(String wish, DType dtype, Shape shape) {
      return input(wish, ElementTypes.number(dtype), shape, "");
    }

    /** An input, with what its reader is told of it. */
    String input(String wish, int elementType, Shape shape, String documentation) {
      String name = nodes.unique(wish);
      graph.addInput(info(name, elementType, shape).toBuilder().setDocString(documentation));
      sizes.readOff(name, shape);
      return name;
    }

    String output(String wish, String value, DType dtype, Shape shape) {
      return output(wish, value, ElementTypes.number(dtype), shape);
    }

    String output(String wish, String value, int elementType, Shape shape) {
      String name = nodes.unique(wish);
      if (results.contains(value) || !nodes.rename(value, name)) {
        nodes.rename(nodes.add("Identity", value), name);
      }
      results.add(name);
      graph.addOutput(info(name, elementType, shape));
      return name;
    }

    private static ValueInfoProto info(String name, int elementType, Shape shape) {
      TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
      for (Dim dim : shape.dims()) {
        dims.addDim(
            switch (dim) {
              case Dim.Fixed fixed ->
                  TensorShapeProto.Dimension.newBuilder().setDimValue(fixed.size());
              case Dim.Named named ->
                  TensorShapeProto.Dimension.newBuilder().setDimParam(named.name());
            });
      }
      return ValueInfoProto.newBuilder()
          .setName(name)
          .setType(
              TypeProto.newBuilder()
                  .setTensorType(
                      TypeProto.Tensor.newBuilder().setElemType(elementType).setShape(dims)))
          .build();
    }

    private OnnxFile file(
        String name, Opset opset, Map<String, String> metadata, Map<Value, String> values)
        throws OnnxException {
      limit(nodes.bytes());
      nodes.writeInto(graph.setName(name), results);
      ModelProto.Builder model =
          ModelProto.newBuilder()
              .setIrVersion(opset.formatWritten())
              .setProducerName(PRODUCER)
              .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset.version()))
              .setGraph(graph);
      if (nodes.hasTables()) {
        model.addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(NodeList.TABLES).setVersion(TABLES_VERSION));
      }
      metadata.forEach((key, value) ->
          model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
      return new OnnxFile(model.build(), values);
    }
  }
}
