package io.deltagraph.onnx.read;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads ONNX files as graphs that can be run, trained, checked and explained as any other: opset 13
 * to 28, the operators that docs/onnx-import.md lists, tensors of f64, f32, i64, i32 and bool.
 *
 * <p>What the shapes of an output depend on has to be known while the file is read: by an
 * initialiser, by constants, by the shapes of other values, or by what is given for an input.
 *
 * @param ops where the graph's ops are found
 * @param given inputs of the file that get a value and are no inputs of the graph
 */
public record OnnxImport(OpLookup ops, Map<String, Tensor> given) {

  /** Copies the map. */
  public OnnxImport {
    given = ImmutableMap.copyOf(given);
  }

  /** Reads files with all inputs left open. */
  public static OnnxImport with(OpLookup ops) {
    return new OnnxImport(ops, Map.of());
  }

  /** The same with a value for an input. */
  public OnnxImport giving(String input, Tensor value) {
    return new OnnxImport(
        ops, ImmutableMap.<String, Tensor>builder().putAll(given).put(input, value).buildOrThrow());
  }

  /**
   * Reads a file.
   *
   * @throws OnnxException if it is no model, damaged, lying or hostile, or needs what is not read
   *     here
   * @throws IOException if it cannot be read at all
   */
  public OnnxModel read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > ReadLimits.BYTES) {
      throw new OnnxException(
          file.toString(),
          size + " bytes",
          "at most " + ReadLimits.BYTES + ", as protobuf allows",
          "read a smaller model");
    }
    return read(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads the bytes of a file.
   *
   * @param name what to call it in errors
   * @throws OnnxException as for a file
   */
  public OnnxModel read(String name, byte[] bytes) throws OnnxException {
    try {
      return Reading.read(bytes, new FilePlace(name), ops, given);
    } catch (ReadRefusal e) {
      throw e.told();
    }
  }
}
