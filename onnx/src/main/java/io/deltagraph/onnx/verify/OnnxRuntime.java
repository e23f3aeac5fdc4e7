package io.deltagraph.onnx.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.lang.reflect.InvocationTargetException;
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
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A file that is loaded in ONNX Runtime for Java. */
public final class OnnxRuntime implements AutoCloseable {
  private static final String PACKAGE = "ai.onnxruntime.";

  private final ClassLoader loader;
  private final Object environment;
  private final AutoCloseable session;

  /**
   * Loads a file, for one thread.
   *
   * @param loader sees the jar of ONNX Runtime
   * @throws OnnxException if it is not there, or refuses the file
   */
  public OnnxRuntime(ClassLoader loader, byte[] file) throws OnnxException {
    this.loader = loader;
    try {
      environment = call(type("OrtEnvironment"), null, "getEnvironment");
      Object options = type("OrtSession$SessionOptions").getConstructor().newInstance();
      try (AutoCloseable closed = (AutoCloseable) options) {
        call(type("OrtSession$SessionOptions"), closed, "setIntraOpNumThreads", 1);
        session =
            (AutoCloseable)
                type("OrtEnvironment")
                    .getMethod("createSession", byte[].class, options.getClass())
                    .invoke(environment, file, options);
      }
    } catch (Exception | LinkageError e) {
      throw refused(e);
    }
  }

  /**
   * Runs the file.
   *
   * @param feeds a tensor or a column of texts for each input
   * @return a tensor or a list of texts for each output
   * @throws OnnxException if ONNX Runtime refuses them
   */
  public Map<String, Object> run(Map<String, ?> feeds) throws OnnxException {
    Map<String, AutoCloseable> inputs = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, ?> feed : feeds.entrySet()) {
        inputs.put(
            feed.getKey(),
            (AutoCloseable)
                (feed.getValue() instanceof Tensor tensor
                    ? tensor(tensor)
                    : texts((List<?>) feed.getValue())));
      }
      ImmutableMap.Builder<String, Object> results = ImmutableMap.builder();
      Object answer = type("OrtSession").getMethod("run", Map.class).invoke(session, inputs);
      try (AutoCloseable closed = (AutoCloseable) answer) {
        for (Object entry : (Iterable<?>) closed) {
          Map.Entry<?, ?> named = (Map.Entry<?, ?>) entry;
          results.put(String.valueOf(named.getKey()), output(named.getValue()));
        }
      }
      return results.buildOrThrow();
    } catch (Exception | LinkageError e) {
      throw refused(e);
    } finally {
      inputs.values().forEach(OnnxRuntime::release);
    }
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name, true, loader);
  }

  private static Object call(Class<?> type, @Nullable Object target, String method)
      throws ReflectiveOperationException {
    return type.getMethod(method).invoke(target);
  }

  private static void call(Class<?> type, Object target, String method, int argument)
      throws ReflectiveOperationException {
    type.getMethod(method, int.class).invoke(target, argument);
  }

  private Object texts(List<?> column) throws ReflectiveOperationException {
    Object cells =
        column.stream().map(text -> new String[] {(String) text}).toArray(String[][]::new);
    return type("OnnxTensor")
        .getMethod("createTensor", type("OrtEnvironment"), Object.class)
        .invoke(null, environment, cells);
  }

  private Object tensor(Tensor tensor) throws ReflectiveOperationException {
    long[] shape = Arrays.stream(tensor.type().shape().sizes()).asLongStream().toArray();
    double[] all = tensor.toDoubles();
    return switch (tensor.type().dtype()) {
      case F64 -> buffer(DoubleBuffer.class, DoubleBuffer.wrap(all), shape);
      case F32 -> {
        float[] floats = new float[all.length];
        IntStream.range(0, all.length).forEach(i -> floats[i] = (float) all[i]);
        yield buffer(FloatBuffer.class, FloatBuffer.wrap(floats), shape);
      }
      case I64 -> {
        long[] longs = IntStream.range(0, all.length).mapToLong(tensor::bits).toArray();
        yield buffer(LongBuffer.class, LongBuffer.wrap(longs), shape);
      }
      case I32 -> {
        int[] ints = IntStream.range(0, all.length).map(i -> (int) all[i]).toArray();
        yield buffer(IntBuffer.class, IntBuffer.wrap(ints), shape);
      }
      case BOOL -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect(all.length).order(ByteOrder.nativeOrder());
        IntStream.range(0, all.length).forEach(i -> bytes.put(i, (byte) all[i]));
        Class<?> kinds = type("OnnxJavaType");
        yield type("OnnxTensor")
            .getMethod(
                "createTensor", type("OrtEnvironment"), ByteBuffer.class, long[].class, kinds)
            .invoke(null, environment, bytes, shape, kinds.getField("BOOL").get(null));
      }
    };
  }

  private Object buffer(Class<?> kind, Object buffer, long[] shape)
      throws ReflectiveOperationException {
    return type("OnnxTensor")
        .getMethod("createTensor", type("OrtEnvironment"), kind, long[].class)
        .invoke(null, environment, buffer, shape);
  }

  private Object output(Object value) throws ReflectiveOperationException {
    Class<?> tensors = type("OnnxTensor");
    Object info = call(tensors, value, "getInfo");
    long[] sizes = (long[]) call(type("TensorInfo"), info, "getShape");
    int[] shape = Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
    String kind = String.valueOf(type("TensorInfo").getField("type").get(info));
    return switch (kind) {
      case "DOUBLE" ->
          of(DType.F64, shape, ((DoubleBuffer) call(tensors, value, "getDoubleBuffer"))::get);
      case "FLOAT" ->
          of(DType.F32, shape, ((FloatBuffer) call(tensors, value, "getFloatBuffer"))::get);
      case "INT64" -> {
        LongBuffer longs = (LongBuffer) call(tensors, value, "getLongBuffer");
        yield of(DType.I64, shape, longs::get);
      }
      case "INT32" -> {
        IntBuffer ints = (IntBuffer) call(tensors, value, "getIntBuffer");
        yield of(DType.I32, shape, ints::get);
      }
      case "BOOL" -> {
        ByteBuffer bytes = (ByteBuffer) call(tensors, value, "getByteBuffer");
        yield of(DType.BOOL, shape, bytes::get);
      }
      case "STRING" -> ImmutableList.copyOf((String[]) call(tensors, value, "getValue"));
      default -> throw new IllegalStateException("an output of the type " + kind);
    };
  }

  private static Tensor of(DType dtype, int[] shape, IntToDoubleFunction elements) {
    return Tensor.generate(TensorType.of(dtype, shape), elements);
  }

  private static OnnxException refused(Throwable thrown) {
    Throwable cause =
        thrown instanceof InvocationTargetException told && told.getCause() != null
            ? told.getCause()
            : thrown;
    boolean absent = cause instanceof ClassNotFoundException || cause instanceof LinkageError;
    OnnxException refusal =
        absent
            ? new OnnxException(
                "ONNX Runtime",
                "no such program (" + cause.getMessage() + ")",
                "its jar, com.microsoft.onnxruntime:onnxruntime",
                "name the jar by --runtime")
            : new OnnxException(
                "ONNX Runtime",
                "a refusal: " + cause.getMessage(),
                "a file that it runs",
                "look at the op that it names, or ask for another opset");
    refusal.initCause(cause);
    return refusal;
  }

  private static void release(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      throw new IllegalStateException("A tensor that ONNX Runtime does not let go.", e);
    }
  }

  @Override
  public void close() {
    release(session);
  }
}
