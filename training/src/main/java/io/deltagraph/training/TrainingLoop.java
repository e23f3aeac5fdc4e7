package io.deltagraph.training;

import io.deltagraph.models.Model;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Epoch after epoch, until something ends it. */
final class TrainingLoop {
  private final Model model;
  private final TrainingStep step;
  private final TrainingRows rows;
  private final Optional<ValidationRows> validation;
  private final TrainingOptions options;
  private final LoopSettings settings;
  private final CheckpointKeeper keeper;
  private final TrainingListener listener;
  private final TrainingCourse course;
  private final DivergenceSearch search;
  private final Function<Map<String, String>, Checkpoint> checkpoint;

  /** Whether the last epoch has not seen all rows. */
  private boolean isCutOff;

  TrainingLoop(
      Model model,
      TrainingStep step,
      TrainingRows rows,
      Optional<ValidationRows> validation,
      TrainingOptions options,
      Optional<ReduceOnPlateau> plateau,
      LoopSettings settings,
      Supplier<Map<String, String>> fingerprinting,
      TrainingListener listener) {
    this.model = model;
    this.step = step;
    this.rows = rows;
    this.validation = validation;
    this.options = options;
    this.settings = settings;
    keeper = new CheckpointKeeper(settings, fingerprinting);
    this.listener = listener;
    course = new TrainingCourse(options, plateau, listener);
    checkpoint = fingerprint -> course.checkpoint(fingerprint, step.state());
    search = new DivergenceSearch(step, rows, options);
  }

  TrainingResult run() {
    Supplier<Map<String, Tensor>> parametersNow = step::parameters;
    Consumer<Map<String, Tensor>> restoring = step::restore;
    course.begin(keeper, restoring);
    listener.started(step);
    search.begin(course.epochs(), course.done());
    while (!course.hasEnded()) {
      int epoch = course.epochs() + 1;
      double loss = epoch(epoch);
      if (isCutOff) {
        break;
      }
      OptionalDouble validated =
          validation.isPresent()
              ? OptionalDouble.of(validation.get().loss(step.parameters()))
              : OptionalDouble.empty();
      course.epochEnded(loss, validated, parametersNow, restoring);
      search.epochEnded(epoch);
      keeper.keep(course.hasEnded(), checkpoint);
    }
    return course.result(
        model, step.parameters(), seen -> search.explained(seen, course.epochs(), rows.count()));
  }

  /** The mean loss of an epoch, of which some rows may be done already. */
  private double epoch(int epoch) {
    while (course.done() < rows.count() && !isCutOff) {
      int done = course.done();
      steps(epoch, rows.portion(epoch, done / rows.perPortion()), done % rows.perPortion());
    }
    return course.meanLoss();
  }

  private void steps(int epoch, Portion portion, int first) {
    int count = portion.count();
    int batch = options.batch().orElse(count);
    for (int from = first; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      if (settings.anomaly()) {
        search.look(epoch, portion, from, to);
      }
      step.feed(portion.samples(), portion.order(), from, to);
      step.run();
      double loss = step.loss();
      if (!Double.isFinite(loss)) {
        throw search.explained(DivergedException.loss(epoch, loss), epoch, course.done());
      }
      course.add(loss, to - from);
      listener.stepped(epoch, course.done(), step.outputs(), portion.scored(from, to), loss);
      boolean ended = course.stepEnded();
      if (course.done() == rows.count()) {
        return;
      }
      if (ended) {
        isCutOff = true;
        return;
      }
      keeper.keepWithin(checkpoint);
    }
  }
}
