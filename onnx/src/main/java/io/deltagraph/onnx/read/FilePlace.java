package io.deltagraph.onnx.read;

import io.deltagraph.data.InputException;
import io.deltagraph.onnx.OnnxException;

/**
 * A place in a file, of which something is said that cannot be read.
 *
 * @param text the file, and the node or tensor in it
 */
record FilePlace(String text) {
  /** What to do about a file that its writer would write otherwise. */
  static final String AGAIN = "export the model again";

  /** What to do about a file that was cut or changed. */
  static final String COPY = "take another copy of the file, or export the model again";

  /** A place within this one. */
  FilePlace at(String part) {
    return new FilePlace(text + ", " + part);
  }

  /** The exception to throw. */
  ReadRefusal refuse(String found, String expected, String advice) {
    return new ReadRefusal(new OnnxException(text, found, expected, advice));
  }

  /** A name of the file as a message may show it. */
  static String quoted(String name) {
    return InputException.quoted(name);
  }
}
