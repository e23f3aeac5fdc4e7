package io.deltagraph.exchange;

import java.io.Serial;

/** The reason why a node has no form in ONNX. */
public final class OnnxRefusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A refusal; the reason is the end of a sentence. */
  public OnnxRefusal(String why) {
    super(why, null, false, false);
  }
}
