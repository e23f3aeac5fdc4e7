package io.deltagraph.onnx.write;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A file in ONNX Runtime: the other road to every number. */
final class OnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
  private final OrtSession session;

  OnnxRuntime(byte[] file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(file, options);
    }
  }

  /** What the file makes of tensors; texts are left out. */
  static Map<String, Tensor> run(byte[] file, Map<String, Tensor> feeds) throws OrtException {
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      return runtime.run(feeds, Map.of());
    }
  }

  Map<String, Tensor> run(Map<String, Tensor> feeds, Map<String, List<String>> texts)
      throws OrtException {
    Map<String, Tensor> results = new LinkedHashMap<>();
    all(feeds, texts)
        .forEach((name, value) -> {
          if (value instanceof Tensor tensor) {
            results.put(name, tensor);
          }
        });
    return results;
  }

  /** Tensors and lists of texts by name. */
  Map<String, Object> all(Map<String, Tensor> feeds, Map<String, List<String>> texts)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Tensor> feed : feeds.entrySet()) {
        if (session.getInputNames().contains(feed.getKey())) {
          inputs.put(feed.getKey(), input(feed.getValue()));
        }
      }
      for (Map.Entry<String, List<String>> feed : texts.entrySet()) {
        String[][] column =
            feed.getValue().stream().map(text -> new String[] {text}).toArray(String[][]::new);
        inputs.put(feed.getKey(), OnnxTensor.createTensor(environment, column));
      }
      Map<String, Object> results = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> entry : result) {
          results.put(entry.getKey(), output((OnnxTensor) entry.getValue()));
        }
      }
      return results;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor input(Tensor tensor) throws OrtException {
    long[] shape = Arrays.stream(tensor.type().shape().sizes()).asLongStream().toArray();
    double[] all = tensor.toDoubles();
    return switch (tensor.type().dtype()) {
      case F64 -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(all), shape);
      case F32 -> {
        float[] floats = new float[all.length];
        IntStream.range(0, all.length).forEach(i -> floats[i] = (float) all[i]);
        yield OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
      }
      case I64 -> {
        long[] longs = IntStream.range(0, all.length).mapToLong(tensor::bits).toArray();
        yield OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), shape);
      }
      case I32 -> {
        int[] ints = IntStream.range(0, all.length).map(i -> (int) all[i]).toArray();
        yield OnnxTensor.createTensor(environment, IntBuffer.wrap(ints), shape);
      }
      case BOOL -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect(all.length).order(ByteOrder.nativeOrder());
        IntStream.range(0, all.length).forEach(i -> bytes.put(i, (byte) all[i]));
        yield OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.BOOL);
      }
    };
  }

  private static Object output(OnnxTensor value) throws OrtException {
    TensorInfo info = value.getInfo();
    int[] shape = Arrays.stream(info.getShape()).mapToInt(Math::toIntExact).toArray();
    return switch (info.type) {
      case DOUBLE -> tensor(DType.F64, shape, value.getDoubleBuffer()::get);
      case FLOAT -> tensor(DType.F32, shape, value.getFloatBuffer()::get);
      case INT64 -> {
        LongBuffer longs = value.getLongBuffer();
        yield tensor(DType.I64, shape, longs::get);
      }
      case INT32 -> {
        IntBuffer ints = value.getIntBuffer();
        yield tensor(DType.I32, shape, ints::get);
      }
      case BOOL -> {
        ByteBuffer bytes = value.getByteBuffer();
        yield tensor(DType.BOOL, shape, bytes::get);
      }
      case STRING -> List.of((String[]) value.getValue());
      default -> throw new IllegalStateException("An output of type " + info.type);
    };
  }

  private static Tensor tensor(
      DType dtype, int[] shape, java.util.function.IntToDoubleFunction elements) {
    return Tensor.generate(TensorType.of(dtype, shape), elements);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
