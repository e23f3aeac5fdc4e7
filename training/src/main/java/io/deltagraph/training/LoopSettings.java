package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the loop keeps and checks what it does.
 *
 * @param checkpoint the place that training can be resumed from; none means that nothing is kept
 * @param resume whether to go on from what is there, if it is
 * @param isKept whether it is written after the first epoch and at the end as well
 * @param pause how long to wait within an epoch before the next checkpoint
 * @param portion how many rows of those that are not all in memory are; 0 for the usual number
 * @param settings what a checkpoint must agree on, by name, beside the step, the rows and the seed
 * @param anomaly whether every step is looked through for numbers that are not finite
 */
record LoopSettings(
    Optional<CheckpointPlace> checkpoint,
    boolean resume,
    boolean isKept,
    Duration pause,
    int portion,
    Map<String, String> settings,
    boolean anomaly) {
  static final LoopSettings NONE =
      new LoopSettings(
          Optional.empty(), false, true, Duration.ofMinutes(1), 0, ImmutableMap.of(), false);

  LoopSettings {
    settings = ImmutableMap.copyOf(settings);
  }

  LoopSettings withCheckpoint(CheckpointPlace place, boolean resumed) {
    return new LoopSettings(Optional.of(place), resumed, true, pause, portion, settings, anomaly);
  }

  LoopSettings meanwhile() {
    return new LoopSettings(checkpoint, resume, false, pause, portion, settings, anomaly);
  }

  LoopSettings withSettings(Map<String, String> other) {
    return new LoopSettings(checkpoint, resume, isKept, pause, portion, other, anomaly);
  }

  LoopSettings withPause(Duration other) {
    return new LoopSettings(checkpoint, resume, isKept, other, portion, settings, anomaly);
  }

  LoopSettings withPortion(int rows) {
    return new LoopSettings(checkpoint, resume, isKept, pause, rows, settings, anomaly);
  }

  LoopSettings withAnomaly() {
    return new LoopSettings(checkpoint, resume, isKept, pause, portion, settings, true);
  }
}
