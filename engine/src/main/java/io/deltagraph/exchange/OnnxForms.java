package io.deltagraph.exchange;

import io.deltagraph.graph.OpId;
import java.util.Map;

/**
 * The forms of a module's ops in ONNX, provided as a service. An op without one is written by its
 * kind: a pointwise op as its lane expression, a composite as its body.
 */
public interface OnnxForms {
  /** The forms by the names of the ops. */
  Map<OpId, OnnxForm> forms();
}
