package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How the watched loss goes on: the best so far, and the learning rate that follows it. */
final class Progression {
  private static final String BEST_LOSS = "best loss";
  private static final String BEST_EPOCH = "best epoch";
  private static final String SINCE_BEST = "epochs since the best";
  private static final String PLATEAU_LOSS = "plateau best loss";
  private static final String PLATEAU_EPOCHS = "plateau epochs";
  private static final String PLATEAU_SCALE = "plateau scale";

  private final Stopping stopping;
  private final Optional<ReduceOnPlateau> plateau;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int sinceBest;
  private Map<String, Tensor> best = ImmutableMap.of();
  private double plateauLoss = Double.POSITIVE_INFINITY;
  private int plateauEpochs;
  private double scale = 1;

  Progression(Stopping stopping, Optional<ReduceOnPlateau> plateau) {
    this.stopping = stopping;
    this.plateau = plateau;
  }

  /** Takes note of an epoch, keeps the parameters if it is the best, and sets the learning rate. */
  void epochEnded(
      int epoch,
      double watched,
      Supplier<Map<String, Tensor>> parameters,
      Consumer<Map<String, Tensor>> change) {
    if (stopping.patience().isPresent()) {
      if (watched < bestLoss - stopping.minDelta()) {
        bestLoss = watched;
        bestEpoch = epoch;
        best = parameters.get();
        sinceBest = 0;
      } else {
        sinceBest++;
      }
    }
    ReduceOnPlateau schedule = plateau.orElse(null);
    if (schedule == null) {
      return;
    }
    if (watched < plateauLoss - schedule.minDelta()) {
      plateauLoss = watched;
      plateauEpochs = 0;
    } else if (++plateauEpochs >= schedule.patience()) {
      plateauEpochs = 0;
      scale = schedule.lowered(scale);
      change.accept(Map.of(ReduceOnPlateau.SCALE, Tensor.scalar(scale)));
    }
  }

  boolean isOutOfPatience() {
    return stopping.patience().isPresent() && sinceBest >= stopping.patience().getAsInt();
  }

  /** From 1; 0 where there is none. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** The parameters after the best epoch; empty where nothing waits for a better one. */
  Map<String, Tensor> best() {
    return best;
  }

  /** All that is counted, by name. */
  Map<String, Double> numbers() {
    return ImmutableMap.<String, Double>builder()
        .put(BEST_LOSS, bestLoss)
        .put(BEST_EPOCH, (double) bestEpoch)
        .put(SINCE_BEST, (double) sinceBest)
        .put(PLATEAU_LOSS, plateauLoss)
        .put(PLATEAU_EPOCHS, (double) plateauEpochs)
        .put(PLATEAU_SCALE, scale)
        .buildOrThrow();
  }

  /** Goes on from there. */
  void restore(ToDoubleFunction<String> numbers, Map<String, Tensor> kept) {
    bestLoss = numbers.applyAsDouble(BEST_LOSS);
    bestEpoch = (int) numbers.applyAsDouble(BEST_EPOCH);
    sinceBest = (int) numbers.applyAsDouble(SINCE_BEST);
    plateauLoss = numbers.applyAsDouble(PLATEAU_LOSS);
    plateauEpochs = (int) numbers.applyAsDouble(PLATEAU_EPOCHS);
    scale = numbers.applyAsDouble(PLATEAU_SCALE);
    best = kept;
  }
}
