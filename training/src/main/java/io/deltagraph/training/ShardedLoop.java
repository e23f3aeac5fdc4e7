package io.deltagraph.training;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import io.deltagraph.optimizers.ReduceOnPlateau;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Epoch after epoch over shards, until something ends it. */
final class ShardedLoop {
  private final ShardedTrainer trainer;
  private final ShardedState state;
  private final ShardHolder holder;
  private final CheckpointKeeper keeper;
  private final TrainingCourse course;

  ShardedLoop(
      ShardedTrainer trainer,
      ShardedState state,
      ShardHolder holder,
      Optional<ReduceOnPlateau> plateau,
      Supplier<Map<String, String>> fingerprint) {
    this.trainer = trainer;
    this.state = state;
    this.holder = holder;
    Trainer one = trainer.trainer();
    keeper = new CheckpointKeeper(one.settings(), fingerprint);
    course = new TrainingCourse(one.options(), plateau, one.listener());
  }

  TrainingResult run() {
    course.begin(keeper, state::restore);
    while (!course.hasEnded()) {
      int epoch = course.epochs() + 1;
      double loss = epoch(epoch);
      if (Double.isNaN(loss)) {
        break;
      }
      OptionalDouble validated =
          holder.cut().heldOut() > 0
              ? OptionalDouble.of(sum(holder.run(state.heldOutLoss(epoch))).loss())
              : OptionalDouble.empty();
      course.epochEnded(loss, validated, state::parameters, state::restore);
      keeper.keep(course.hasEnded(), fingerprint -> course.checkpoint(fingerprint, state.all()));
    }
    return course.result(
        trainer.trainer().gradientRule().orElseThrow().model(),
        state.parameters(),
        UnaryOperator.identity());
  }

  /** The mean loss of an epoch, or NaN if it was cut off. */
  private double epoch(int epoch) {
    int steps = holder.cut().steps(trainer.batch());
    int atOnce = trainer.stepsAtOnce();
    double total = 0;
    long rows = 0;
    for (int step = 0; step < steps; step += atOnce) {
      int taken = Math.min(atOnce, steps - step);
      long asked = System.nanoTime();
      List<ShardAnswer> answers = holder.run(state.task(epoch, step, taken));
      ShardSum sum = sum(answers);
      if (!Double.isFinite(sum.loss())) {
        throw DivergedException.loss(epoch, sum.loss());
      }
      state.take(sum);
      total += sum.loss() * sum.rows();
      rows += sum.rows();
      trainer
          .listener()
          .stepped(
              new ShardListener.Step(
                  epoch,
                  step + taken,
                  steps,
                  sum.rows(),
                  sum.loss(),
                  Duration.ofNanos(System.nanoTime() - asked),
                  Lists.transform(answers, ShardAnswer::work)));
      if (course.stepEnded() && step + taken < steps) {
        return Double.NaN;
      }
    }
    return total / rows;
  }

  private ShardSum sum(List<ShardAnswer> answers) {
    ShardTree tree = new ShardTree(holder.cut().shards());
    Iterables.concat(Lists.transform(answers, ShardAnswer::parts)).forEach(tree::add);
    return tree.total();
  }
}
