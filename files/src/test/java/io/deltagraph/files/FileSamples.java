package io.deltagraph.files;

import com.google.common.primitives.Booleans;
import com.google.common.primitives.Floats;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Graphs and tensors for the tests of files. */
final class FileSamples {
  private FileSamples() {}

  /** The usual ops and two of a stranger's. */
  static OpRegistry ops() {
    return SampleOps.registry()
        .with(new SampleOps.Scale())
        .with(new SampleOps.Twice())
        .with(new SampleOps.Largest());
  }

  /** One step of gradient descent on a 2-3-1 net; the gradient is written down by hand. */
  static Graph step(GraphBuilder builder) {
    Value x = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 2)));
    Value t = builder.input("T", new TensorType(DType.F64, Shape.batch("N", 1)));
    GraphParameter w1 = builder.parameter("W1", TensorType.of(DType.F64, 3, 2));
    GraphParameter b1 = builder.parameter("b1", TensorType.of(DType.F64, 3));
    GraphParameter w2 = builder.parameter("W2", TensorType.of(DType.F64, 1, 3));
    Value h = x.matmul(w1.transpose()).plus(b1).tanh().named("H");
    Value y = h.matmul(w2.transpose()).named("Y");
    Value error = y.minus(t);
    Value loss = error.square().sum().named("loss");
    Value delta = error.times(2).named("delta_2");
    Value inner = delta.matmul(w2).times(h.square().oneMinus());
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    gradients.put(w1, inner.transpose().matmul(x));
    gradients.put(b1, inner.sum(List.of(0), false));
    gradients.put(w2, delta.transpose().matmul(h));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    Map<GraphParameter, Value> updates = new LinkedHashMap<>();
    gradients.forEach((parameter, gradient) -> {
      outputs.put("d_" + parameter.label(), gradient);
      updates.put(parameter, parameter.minus(gradient.times(0.1)));
    });
    return builder.graph(outputs, updates);
  }

  /** {@code y = x·w + b}, the smallest graph with two parameters. */
  static Graph line(OpRegistry ops) {
    GraphBuilder builder = new GraphBuilder(ops);
    Value x = builder.input("x", new TensorType(DType.F64, Shape.batch("N")));
    Value w = builder.parameter("w", TensorType.scalar(DType.F64));
    Value b = builder.parameter("b", TensorType.of(DType.F64, 1));
    return builder.graph(Map.of("y", x.times(w).plus(b)));
  }

  static Map<String, Tensor> weights(double w, double b) {
    return Map.of("w", Tensor.scalar(w), "b", Tensor.vector(b));
  }

  /** A tensor of every dtype with the values that conversions lose. */
  static Map<String, Tensor> everyType() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("mask", Tensor.of(TensorType.of(DType.BOOL, 3), 1, 0, 1));
    double[] doubles = {
      -0.0, Double.longBitsToDouble(0x7ff4000000000001L), Double.MIN_VALUE, 1e308
    };
    tensors.put("d", Tensor.copyOf(TensorType.of(DType.F64, 2, 2), new TensorBuffer.F64(doubles)));
    float[] floats = {-0f, Float.intBitsToFloat(0x7fa00001), Float.MIN_VALUE};
    tensors.put("f", Tensor.copyOf(TensorType.of(DType.F32, 1, 3), new TensorBuffer.F32(floats)));
    long[] longs = {Long.MIN_VALUE, (1L << 53) + 1};
    tensors.put("l", Tensor.copyOf(TensorType.of(DType.I64, 2), new TensorBuffer.I64(longs)));
    tensors.put("i", Tensor.indices(Integer.MIN_VALUE, 7));
    tensors.put("none", Tensor.zeros(TensorType.of(DType.F32, 3, 0)));
    tensors.put("scalar é", Tensor.scalar(Math.PI));
    return tensors;
  }

  /** The elements as they are stored, without a detour over doubles. */
  static Object array(Tensor tensor) {
    TensorBuffer buffer = TensorBuffer.allocate(tensor.type().dtype(), tensor.length());
    tensor.copyInto(buffer);
    return switch (buffer) {
      case TensorBuffer.F64 f64 ->
          Arrays.stream(f64.array()).mapToLong(Double::doubleToRawLongBits).boxed().toList();
      case TensorBuffer.F32 f32 ->
          Floats.asList(f32.array()).stream().map(Float::floatToRawIntBits).toList();
      case TensorBuffer.I64 i64 -> Longs.asList(i64.array());
      case TensorBuffer.I32 i32 -> Ints.asList(i32.array());
      case TensorBuffer.Bool bool -> Booleans.asList(bool.array());
    };
  }
}
