package io.deltagraph.onnx.write;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Sampler;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A graph and what is fed to it.
 *
 * @param label what to call it in messages
 * @param parameters a tensor for each of the graph's parameters
 */
record OpSample(
    String label, Graph graph, Map<String, Tensor> parameters, Map<String, Tensor> feeds) {

  /** One op on drawn inputs. */
  static OpSample of(OpRegistry ops, Op<?> op, Case sample, DType dtype) {
    String label = op.id() + " " + sample + " in " + dtype;
    GraphBuilder builder = new GraphBuilder(ops);
    Random random = new Random(label.hashCode());
    List<Value> inputs = new ArrayList<>();
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (int i = 0; i < sample.inputs().size(); i++) {
      TensorType given = sample.inputs().get(i);
      TensorType type = given.dtype() == DType.F64 ? given.with(dtype) : given;
      inputs.add(builder.input("x" + i, type));
      Sampler sampler = sample.samplers().getOrDefault(i, Sampler.uniform(-3, 3));
      feeds.put("x" + i, sampler.sample(type.bind(sample.sizes()), random));
    }
    Tuple tuple = builder.tuple(op.id(), sample.attributes(), inputs);
    Map<String, Value> outputs = new LinkedHashMap<>();
    tuple.parts().forEach(part -> outputs.put("y" + part.index(), part));
    return new OpSample(label, builder.graph(outputs), Map.of(), feeds);
  }
}
