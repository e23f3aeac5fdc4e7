package io.deltagraph.exchange;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;

/** A node of a graph while it is written in ONNX. Values of the file are meant by their names. */
public interface OnnxNode {
  /** The attributes of the node, of which the op knows the type. */
  <A extends Record> A attributes(Class<A> type);

  /** The version of ONNX's ops that the file is written for. */
  int opset();

  /** The names of the inputs. */
  List<String> inputs();

  /** The name of the input at a position. */
  default String input(int index) {
    return inputs().get(index);
  }

  /** The type of the input at a position. */
  TensorType type(int input);

  /** The type of the output at a position. */
  TensorType output(int index);

  /**
   * Writes an op of ONNX with one output.
   *
   * @param operator its name in ONNX, such as {@code MatMul}
   * @param attributes each an Integer, a Double (a float in the file), a String or a list of
   *     Integers
   * @param inputs the names of its inputs; an empty one is left out
   * @return the name of its output
   */
  String write(String operator, Map<String, ?> attributes, String... inputs);

  /** Writes an op of ONNX with several outputs. */
  List<String> writeAll(String operator, int outputs, Map<String, ?> attributes, String... inputs);

  /**
   * Writes an op of ONNX that folds axes, whether the version wants these as input or attribute.
   */
  String fold(String operator, String x, List<Integer> axes, boolean keepdims);

  /** A constant. */
  String constant(Tensor value);

  /** The type that an element of {@code x} is cast to, unless it has it. */
  String cast(String x, TensorType from, TensorType to);

  /**
   * The product of the sizes of some axes of an input, as a scalar of the input's element type: a
   * constant where all are known.
   */
  String count(int input, List<Integer> axes);

  /** The form that follows from the op's kind. */
  List<String> byKind();

  /**
   * What a form throws where there is none.
   *
   * @param why the end of a sentence, such as "ONNX has no random numbers of that kind"
   */
  OnnxRefusal refuse(String why);
}
