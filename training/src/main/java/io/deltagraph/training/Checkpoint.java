package io.deltagraph.training;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.files.SafeTensors;
import io.deltagraph.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * All that training goes on from after an epoch. What is random is drawn from the seed and the
 * number of the epoch or the step, and so is here with them.
 *
 * @param settings what must be the same, by name
 * @param state every parameter, and what the optimizer remembers
 * @param best the best parameters so far; none where there is no patience
 * @param remembered what listeners want back
 * @param history a row for each epoch: its loss and its validation loss, or NaN
 * @param numbers what is counted, by name
 */
record Checkpoint(
    Map<String, String> settings,
    Map<String, Tensor> state,
    Map<String, Tensor> best,
    Map<String, Tensor> remembered,
    Tensor history,
    Map<String, Double> numbers) {
  private static final String FORMAT = "deltagraph checkpoint 1";
  private static final String SETTING = "setting ";
  private static final String NUMBER = "number ";
  private static final String STATE = "state/";
  private static final String BEST = "best/";
  private static final String REMEMBERED = "listener/";
  private static final String HISTORY = "history";

  Checkpoint {
    settings = ImmutableMap.copyOf(settings);
    state = ImmutableMap.copyOf(state);
    best = ImmutableMap.copyOf(best);
    remembered = ImmutableMap.copyOf(remembered);
    numbers = ImmutableMap.copyOf(numbers);
  }

  /** Writes the file in one step: there is the one before or this one, whole. */
  void write(Path file) throws ModelFileException {
    ImmutableMap.Builder<String, Tensor> tensors = ImmutableMap.builder();
    state.forEach((name, tensor) -> tensors.put(STATE + name, tensor));
    best.forEach((name, tensor) -> tensors.put(BEST + name, tensor));
    remembered.forEach((name, tensor) -> tensors.put(REMEMBERED + name, tensor));
    tensors.put(HISTORY, history);
    ImmutableMap.Builder<String, String> metadata = ImmutableMap.builder();
    metadata.put("format", FORMAT);
    settings.forEach((name, text) -> metadata.put(SETTING + name, text));
    numbers.forEach((name, number) -> metadata.put(NUMBER + name, Double.toHexString(number)));
    SafeTensors.write(file, tensors.buildOrThrow(), metadata.buildOrThrow());
  }

  /** Reads what {@link #write} has written. */
  static Checkpoint read(Path file) throws ModelFileException {
    SafeTensors.Content content = SafeTensors.read(file);
    if (!FORMAT.equals(content.metadata().get("format"))) {
      throw CheckpointException.damaged(file.toString(), "it does not say that it is one");
    }
    Tensor history = content.tensors().get(HISTORY);
    if (history == null) {
      throw CheckpointException.damaged(file.toString(), "it has no history");
    }
    Map<String, Double> numbers = new HashMap<>();
    under(NUMBER, content.metadata())
        .forEach((name, text) -> {
          try {
            numbers.put(name, Double.valueOf(text));
          } catch (NumberFormatException e) {
            throw CheckpointException.damaged(file.toString(), name + " is '" + text + "'");
          }
        });
    return new Checkpoint(
        under(SETTING, content.metadata()),
        under(STATE, content.tensors()),
        under(BEST, content.tensors()),
        under(REMEMBERED, content.tensors()),
        history,
        numbers);
  }

  private static <T> Map<String, T> under(String prefix, Map<String, T> all) {
    ImmutableMap.Builder<String, T> found = ImmutableMap.builder();
    all.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), value);
      }
    });
    return found.buildOrThrow();
  }

  /**
   * Checks that training is what it was.
   *
   * @throws CheckpointException with the name of what differs
   */
  void require(String file, Map<String, String> now) {
    now.forEach((name, text) -> {
      String then = settings.getOrDefault(name, "nothing");
      if (!then.equals(text)) {
        throw CheckpointException.changed(file, name, then, text);
      }
    });
    settings.forEach((name, text) -> {
      if (!now.containsKey(name)) {
        throw CheckpointException.changed(file, name, text, "nothing");
      }
    });
  }

  /** A number by its name. */
  double number(String file, String name) {
    Double number = numbers.get(name);
    if (number == null) {
      throw CheckpointException.damaged(file, "it has no " + name);
    }
    return number;
  }
}
