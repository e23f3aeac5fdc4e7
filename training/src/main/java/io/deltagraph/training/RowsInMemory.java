package io.deltagraph.training;

import io.deltagraph.models.Model;
import io.deltagraph.random.NumberedStreams;
import java.util.Optional;

/** Rows that are all in memory: each epoch is one portion. */
final class RowsInMemory implements TrainingRows {
  private final Samples all;
  private final Optional<Samples> held;
  private final Portion portion;
  private final NumberedStreams shuffles;

  RowsInMemory(Samples all, Model model, TrainingOptions options) {
    this.all = all;
    int[] chosen = ValidationRows.chosen(all.count(), options.stopping(), options.seeds());
    int[] trained = ValidationRows.others(all.count(), chosen);
    held = chosen.length == 0 ? Optional.empty() : Optional.of(all.rows(chosen));
    Samples samples = held.isPresent() ? all.rows(trained) : all;
    portion = new Portion(samples, new int[trained.length], trained, samples.scored(model));
    shuffles = options.seeds().numbered("shuffle");
  }

  @Override
  public int count() {
    return portion.count();
  }

  @Override
  public int perPortion() {
    return portion.count();
  }

  @Override
  public Portion portion(int epoch, int number) {
    shuffles.at(epoch).permute(portion.order());
    return portion;
  }

  @Override
  public int heldOut() {
    return held.map(Samples::count).orElse(0);
  }

  @Override
  public Samples heldOut(int from, int to) {
    return held.orElseThrow().range(from, to);
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(all.tensors());
  }
}
