package io.deltagraph.training;

import io.deltagraph.models.Model;
import io.deltagraph.optimizers.ReduceOnPlateau;
import io.deltagraph.random.NumberedStreams;
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
  private final Samples samples;
  private final Optional<ValidationRows> validation;
  private final TrainingOptions options;
  private final LoopSettings settings;
  private final CheckpointKeeper keeper;
  private final TrainingListener listener;
  private final TrainingCourse course;
  private final DivergenceSearch search;
  private final int[] order;
  private final RowsInOrder targets;
  private final NumberedStreams shuffles;

  /** Whether the last epoch has not seen all rows. */
  private boolean isCutOff;

  TrainingLoop(
      Model model,
      TrainingStep step,
      Samples samples,
      int[] numbers,
      Optional<ValidationRows> validation,
      TrainingOptions options,
      Optional<ReduceOnPlateau> plateau,
      LoopSettings settings,
      Supplier<Map<String, String>> fingerprint,
      TrainingListener listener) {
    this.model = model;
    this.step = step;
    this.samples = samples;
    this.validation = validation;
    this.options = options;
    this.settings = settings;
    keeper = new CheckpointKeeper(settings, fingerprint);
    this.listener = listener;
    course = new TrainingCourse(options, plateau, listener);
    order = new int[samples.count()];
    targets = new RowsInOrder(samples.scored(model), order);
    shuffles = options.seeds().numbered("shuffle");
    search = new DivergenceSearch(step, samples, numbers, options);
  }

  TrainingResult run() {
    Supplier<Map<String, Tensor>> parametersNow = step::parameters;
    Consumer<Map<String, Tensor>> restoring = step::restore;
    Function<Map<String, String>, Checkpoint> checkpoint =
        fingerprint -> course.checkpoint(fingerprint, step.state());
    course.begin(keeper, restoring);
    listener.started(step);
    search.begin(course.epochs());
    while (!course.hasEnded()) {
      int epoch = course.epochs() + 1;
      shuffles.at(epoch).permute(order);
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
        model, step.parameters(), seen -> search.explained(seen, course.epochs(), order.length));
  }

  private double epoch(int epoch) {
    int count = order.length;
    int batch = options.batch().orElse(count);
    double total = 0;
    for (int from = 0; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      if (settings.anomaly()) {
        search.look(epoch, order, from, to);
      }
      step.feed(samples, order, from, to);
      step.run();
      double loss = step.loss();
      if (!Double.isFinite(loss)) {
        throw search.explained(DivergedException.loss(epoch, loss), epoch, from);
      }
      total += loss * (to - from);
      targets.show(from, to);
      listener.stepped(epoch, to, step.outputs(), targets, loss);
      if (course.stepEnded() && to < count) {
        isCutOff = true;
        return total / to;
      }
    }
    return total / count;
  }
}
