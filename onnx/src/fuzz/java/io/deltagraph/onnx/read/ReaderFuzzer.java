package io.deltagraph.onnx.read;

import io.deltagraph.onnx.OnnxException;
import io.deltagraph.registry.OpRegistry;

/**
 * Gives the reader whatever a fuzzer makes up, and asks for what comes out as a model that predicts
 * for tables: only the reader's own refusal may come out.
 */
public final class ReaderFuzzer {
  private static final OnnxImport READER = OnnxImport.with(OpRegistry.load());

  private ReaderFuzzer() {}

  /** Called by Jazzer once for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      READER.read("fuzzed", bytes).saved("fuzzed");
    } catch (OnnxException refused) {
      return; // as it should be
    }
  }
}
