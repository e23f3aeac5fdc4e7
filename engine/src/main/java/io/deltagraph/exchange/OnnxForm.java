package io.deltagraph.exchange;

import java.util.List;

/** The form of one op in ONNX. */
@FunctionalInterface
public interface OnnxForm {
  /**
   * Writes a node of the op, or refuses it by {@link OnnxNode#refuse}.
   *
   * @return the names of what was written, one for each output of the op
   */
  List<String> write(OnnxNode node);
}
