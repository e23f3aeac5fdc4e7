package io.deltagraph.training;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Hears of steps over shards as training goes on. */
@FunctionalInterface
public interface ShardListener {

  /** Hears nothing. */
  ShardListener NONE = step -> {};

  /** A step, or some steps of the shards' own, have ended. */
  void stepped(Step step);

  /**
   * A step.
   *
   * @param epoch from 1
   * @param number how many steps of the epoch have been taken
   * @param of how many the epoch has
   * @param rows how many rows the step went through
   * @param loss their mean loss, before the step
   * @param time from the question to all the answers
   * @param work who did which share of it
   */
  record Step(
      int epoch,
      int number,
      int of,
      long rows,
      double loss,
      Duration time,
      List<ShardAnswer.Work> work) {

    /** A share is late if it took so many times as long as the share in the middle. */
    private static final int LATE = 2;

    public Step {
      work = ImmutableList.copyOf(work);
    }

    /** The slowest share, if it took more than twice the time of the share in the middle. */
    public Optional<ShardAnswer.Work> straggler() {
      List<ShardAnswer.Work> ordered =
          work.stream().sorted(Comparator.comparing(ShardAnswer.Work::time)).toList();
      Duration middle = ordered.get((ordered.size() - 1) / 2).time();
      return Optional.of(ordered.getLast())
          .filter(slowest -> slowest.time().compareTo(middle.multipliedBy(LATE)) > 0);
    }
  }
}
