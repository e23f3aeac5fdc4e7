package io.deltagraph.spark;

import io.deltagraph.graph.OpLookup;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.Predictor;
import io.deltagraph.serving.SavedModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The two files of a saved model, on their way to an executor, and the predictor that it keeps of
 * them: a broadcast is one object for all tasks of a process.
 */
final class ModelBytes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final byte[] json;
  private final byte[] weights;
  private transient @Nullable Predictor kept;

  ModelBytes(String name, byte[] json, byte[] weights) {
    this.name = name;
    this.json = json;
    this.weights = weights;
  }

  Predictor predictor(OpLookup ops) throws IOException {
    return Predictor.of(
        SavedModel.load(
            name, new ByteArrayInputStream(json), new ByteArrayInputStream(weights), ops));
  }

  /** The predictor of this process. */
  synchronized Predictor kept() {
    Predictor known = kept;
    if (known == null) {
      try {
        // The loader of the thread knows the jars that were given to spark-submit as well.
        known = predictor(OpRegistry.load(Thread.currentThread().getContextClassLoader()));
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      kept = known;
    }
    return known;
  }
}
