package io.deltagraph.onnx;

import java.io.IOException;
import java.io.Serial;

/**
 * A model that ONNX cannot hold, or a file that cannot be read as one. The message is one sentence
 * of four parts.
 */
public final class OnnxException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Composes the sentence.
   *
   * @param where the file or model, and the node in it
   * @param found what is there
   * @param expected what should have been there
   * @param advice what to do about it
   */
  public OnnxException(String where, String found, String expected, String advice) {
    super(where + ": found " + found + ", expected " + expected + "; " + advice + ".");
  }
}
