#!/usr/bin/env bash
# ONNX Runtime 1.29.0 (Java, CPU): whether an f64 Softplus runs depends on the opset that the model states. ONNX allows f64 for
# this operator since its first version, and nothing about it changes between opsets 13 and 21. Yet a model of one f64 Softplus
# runs if it states opset 18 and is refused ("NOT_IMPLEMENTED") if it states 17, 19 or 21. The runtime has no f64 kernel; it
# falls back to the body that ONNX gives for the operator as a function, and takes that at the opset it was written for alone.
# The same model in f32 runs at each of them.
#
# Seen: f32 runs at 17 18 19 21; f64 runs at 18.
# Needs a JDK 17 or newer and Maven.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.29.0 -DoutputDirectory="$folder/lib" >/dev/null

cat > Opsets.java <<'JAVA'
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class Opsets {
  static final int FLOAT = 1;
  static final int DOUBLE = 11;

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

  /** A vector of two elements of that type. */
  static byte[] vector(String name, int type) {
    ByteArrayOutputStream size = message();
    number(size, 1, 2);
    ByteArrayOutputStream shape = message();
    bytes(shape, 1, size.toByteArray());
    ByteArrayOutputStream tensor = message();
    number(tensor, 1, type);
    bytes(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream kind = message();
    bytes(kind, 1, tensor.toByteArray());
    ByteArrayOutputStream info = message();
    text(info, 1, name);
    bytes(info, 2, kind.toByteArray());
    return info.toByteArray();
  }

  static byte[] model(int type, int opset) {
    ByteArrayOutputStream node = message();
    text(node, 1, "x");
    text(node, 2, "y");
    text(node, 3, "node");
    text(node, 4, "Softplus");
    ByteArrayOutputStream graph = message();
    bytes(graph, 1, node.toByteArray());
    text(graph, 2, "graph");
    bytes(graph, 11, vector("x", type));
    bytes(graph, 12, vector("y", type));
    ByteArrayOutputStream version = message();
    text(version, 1, "");
    number(version, 2, opset);
    ByteArrayOutputStream model = message();
    number(model, 1, 8);
    bytes(model, 7, graph.toByteArray());
    bytes(model, 8, version.toByteArray());
    return model.toByteArray();
  }

  static String run(OrtEnvironment environment, int type, int opset) throws OrtException {
    try (OrtSession session = environment.createSession(model(type, opset));
        OnnxTensor x =
            type == FLOAT
                ? OnnxTensor.createTensor(environment, new float[] {0, 1})
                : OnnxTensor.createTensor(environment, new double[] {0, 1});
        OrtSession.Result result = session.run(Map.of("x", x))) {
      return result.size() == 1 ? "runs" : "?";
    } catch (OrtException e) {
      return e.getMessage().contains("NOT_IMPLEMENTED") ? "NOT_IMPLEMENTED" : e.getMessage();
    }
  }

  public static void main(String[] arguments) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    System.out.println("version " + environment.getVersion());
    for (int opset : new int[] {17, 18, 19, 21}) {
      System.out.println("f32 opset " + opset + ": " + run(environment, FLOAT, opset));
      System.out.println("f64 opset " + opset + ": " + run(environment, DOUBLE, opset));
    }
  }
}
JAVA
java -cp "$folder/lib/*" Opsets.java 2>err.txt | tee seen.txt
cat > expected.txt <<'TEXT'
version 1.29.0
f32 opset 17: runs
f64 opset 17: NOT_IMPLEMENTED
f32 opset 18: runs
f64 opset 18: runs
f32 opset 19: runs
f64 opset 19: NOT_IMPLEMENTED
f32 opset 21: runs
f64 opset 21: NOT_IMPLEMENTED
TEXT
diff expected.txt seen.txt
echo "As it was seen."
