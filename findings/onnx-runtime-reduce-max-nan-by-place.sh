#!/usr/bin/env bash
# ONNX Runtime 1.29.0 (Java, CPU): whether ReduceMax gives NaN depends on where the NaN stands. Of {NaN, 1} it gives NaN, of
# {1, NaN} it gives 1; so it does for f32 and f64, and ReduceMin likewise. Max and Min of two inputs keep a NaN wherever it is, and
# ArgMax gives its position, so that the value at the position ArgMax names is not the one that ReduceMax gives. TopK with k = 2
# of {1, NaN, 3, 2} does not give 3, which is the largest number there.
#
# Seen: ReduceMax {NaN, 1} NaN, {1, NaN} 1; ReduceMin the same; Max {1, NaN} with {0, 5} keeps the NaN; ArgMax {1, NaN} 1; TopK loses 3.
# Needs a JDK 17 or newer and Maven.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.29.0 -DoutputDirectory="$folder/lib" >/dev/null

cat > Nans.java <<'JAVA'
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

class Nans {
  static final int FLOAT = 1;
  static final int LONG = 7;
  static final int DOUBLE = 11;
  static final double NAN = Double.NaN;

  static ByteArrayOutputStream message() {
    return new ByteArrayOutputStream();
  }

  static void varint(ByteArrayOutputStream out, long value) {
    for (; value >= 128; value >>>= 7) {
      out.write((int) (value & 127 | 128));
    }
    out.write((int) value);
  }

  static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, field << 3);
    varint(out, value);
  }

  static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  static void text(ByteArrayOutputStream out, int field, String value) {
    bytes(out, field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A value of that element type, of any shape. */
  static byte[] value(String name, int type) {
    ByteArrayOutputStream tensor = message();
    number(tensor, 1, type);
    ByteArrayOutputStream kind = message();
    bytes(kind, 1, tensor.toByteArray());
    ByteArrayOutputStream info = message();
    text(info, 1, name);
    bytes(info, 2, kind.toByteArray());
    return info.toByteArray();
  }

  /** A model of opset 18 with one node of these inputs and outputs. */
  static byte[] model(String operator, Map<String, Integer> inputs, Map<String, Integer> outputs) {
    ByteArrayOutputStream node = message();
    inputs.keySet().stream().sorted().forEach(name -> text(node, 1, name));
    outputs.keySet().stream().sorted().forEach(name -> text(node, 2, name));
    text(node, 3, "node");
    text(node, 4, operator);
    ByteArrayOutputStream graph = message();
    bytes(graph, 1, node.toByteArray());
    text(graph, 2, "graph");
    inputs.forEach((name, type) -> bytes(graph, 11, value(name, type)));
    outputs.forEach((name, type) -> bytes(graph, 12, value(name, type)));
    ByteArrayOutputStream version = message();
    text(version, 1, "");
    number(version, 2, 18);
    ByteArrayOutputStream model = message();
    number(model, 1, 8);
    bytes(model, 7, graph.toByteArray());
    bytes(model, 8, version.toByteArray());
    return model.toByteArray();
  }

  static OnnxTensor tensor(OrtEnvironment environment, int type, double... all)
      throws OrtException {
    if (type == DOUBLE) {
      return OnnxTensor.createTensor(environment, all);
    }
    if (type == LONG) {
      return OnnxTensor.createTensor(environment, Arrays.stream(all).mapToLong(a -> (long) a).toArray());
    }
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = (float) all[i];
    }
    return OnnxTensor.createTensor(environment, floats);
  }

  static String run(String operator, int type, Map<String, Integer> outputs, Map<String, OnnxTensor> feeds)
      throws OrtException {
    Map<String, Integer> inputs = new HashMap<>();
    feeds.forEach((name, tensor) -> inputs.put(name, name.equals("k") ? LONG : type));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model(operator, inputs, outputs));
        OrtSession.Result result = session.run(feeds)) {
      Object y = result.get("y").orElseThrow().getValue();
      return y instanceof double[] d ? Arrays.toString(d)
          : y instanceof float[] f ? Arrays.toString(f) : Arrays.toString((long[]) y);
    }
  }

  public static void main(String[] arguments) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    System.out.println("version " + environment.getVersion());
    for (int type : new int[] {FLOAT, DOUBLE}) {
      String name = type == FLOAT ? "f32 " : "f64 ";
      Map<String, Integer> one = Map.of("y", type);
      for (String operator : new String[] {"ReduceMax", "ReduceMin"}) {
        System.out.println(name + operator + " {NaN, 1} "
            + run(operator, type, one, Map.of("a", tensor(environment, type, NAN, 1))));
        System.out.println(name + operator + " {1, NaN} "
            + run(operator, type, one, Map.of("a", tensor(environment, type, 1, NAN))));
      }
      System.out.println(name + "Max {1, NaN}, {0, 5} " + run("Max", type, one,
          Map.of("a", tensor(environment, type, 1, NAN), "b", tensor(environment, type, 0, 5))));
      System.out.println(name + "ArgMax {1, NaN} " + run("ArgMax", type, Map.of("y", LONG),
          Map.of("a", tensor(environment, type, 1, NAN))));
      String top = run("TopK", type, Map.of("y", type, "z", LONG),
          Map.of("a", tensor(environment, type, 1, NAN, 3, 2), "k", tensor(environment, LONG, 2)));
      System.out.println(name + "TopK 2 of {1, NaN, 3, 2} " + (top.contains("3") ? "gives 3" : "loses 3"));
    }
  }
}
JAVA
java -cp "$folder/lib/*" Nans.java 2>err.txt | tee seen.txt
cat > expected.txt <<'TEXT'
version 1.29.0
f32 ReduceMax {NaN, 1} [NaN]
f32 ReduceMax {1, NaN} [1.0]
f32 ReduceMin {NaN, 1} [NaN]
f32 ReduceMin {1, NaN} [1.0]
f32 Max {1, NaN}, {0, 5} [1.0, NaN]
f32 ArgMax {1, NaN} [1]
f32 TopK 2 of {1, NaN, 3, 2} loses 3
f64 ReduceMax {NaN, 1} [NaN]
f64 ReduceMax {1, NaN} [1.0]
f64 ReduceMin {NaN, 1} [NaN]
f64 ReduceMin {1, NaN} [1.0]
f64 Max {1, NaN}, {0, 5} [1.0, NaN]
f64 ArgMax {1, NaN} [1]
f64 TopK 2 of {1, NaN, 3, 2} loses 3
TEXT
diff expected.txt seen.txt
echo "As it was seen."
