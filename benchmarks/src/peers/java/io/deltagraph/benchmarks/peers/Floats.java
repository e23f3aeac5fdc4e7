package io.deltagraph.benchmarks.peers;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.workloads.Workload;

/** A workload's numbers as the arrays that other engines take. */
final class Floats {
  private Floats() {}

  static float[] floats(Tensor tensor) {
    float[] elements = new float[tensor.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) tensor.get(i);
    }
    return elements;
  }

  /** The weights of a layer, out × in; layers count from 1. */
  static float[] weights(Workload workload, int layer) {
    return floats(workload.weights(layer, DType.F32));
  }

  /** The weights of a layer, in × out. */
  static float[] weightsInByOut(Workload workload, int layer) {
    int in = workload.sizes().get(layer - 1);
    int out = workload.sizes().get(layer);
    float[] weights = weights(workload, layer);
    float[] turned = new float[weights.length];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        turned[i * out + j] = weights[j * in + i];
      }
    }
    return turned;
  }

  static float[] inputs(Workload workload, int batch) {
    return floats(workload.inputs(batch, DType.F32));
  }

  static float[] targets(Workload workload, int batch) {
    return floats(workload.targets(batch, DType.F32));
  }

  /** The classes of one-hot targets. */
  static long[] classes(Workload workload, int batch) {
    float[] targets = targets(workload, batch);
    int outputs = workload.sizes().get(workload.layers());
    long[] classes = new long[workload.batch()];
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] == 1) {
        classes[i / outputs] = i % outputs;
      }
    }
    return classes;
  }
}
