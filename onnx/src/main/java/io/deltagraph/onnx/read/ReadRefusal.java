package io.deltagraph.onnx.read;

import io.deltagraph.onnx.OnnxException;
import java.io.Serial;

/** Carries what is wrong with a file out of the depth of reading, where nothing is caught. */
final class ReadRefusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final OnnxException told;

  ReadRefusal(OnnxException told) {
    super(told.getMessage(), told, false, false);
    this.told = told;
  }

  /** What the caller is told. */
  OnnxException told() {
    return told;
  }
}
