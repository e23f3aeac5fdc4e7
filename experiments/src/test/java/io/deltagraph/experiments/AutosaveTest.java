package io.deltagraph.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AutosaveTest {
  private long now;

  @Test
  void savesAfterTheFirstEpochAndThenAtMostOnceASecond() {
    List<Double> saved = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    Autosave autosave =
        new Autosave(
            parameters -> parameters.values().forEach(tensor -> saved.add(tensor.item())),
            told::add,
            () -> now);
    for (int epoch = 1; epoch <= 25; epoch++) {
      now += 100_000_000L;
      double value = epoch;
      autosave.epochEnded(epoch, () -> Map.of("w", Tensor.scalar(value)));
    }
    assertThat(saved).containsExactly(1.0, 11.0, 21.0);
    assertThat(told).containsExactly(1, 11, 21);
  }

  @Test
  void whatCannotBeSavedEndsTraining() throws IOException {
    Autosave.Save fullDisk = mock();
    doThrow(new IOException("the disk is full")).when(fullDisk).write(any());
    Autosave autosave = new Autosave(fullDisk, epoch -> {}, () -> now);
    assertThatThrownBy(() -> autosave.epochEnded(1, Map::of))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the disk is full");
  }

  @Test
  void parametersAreCopiedOnlyToBeSaved() {
    LongSupplier clock = mock();
    when(clock.getAsLong()).thenReturn(0L, 999_999_999L, 1_000_000_000L);
    Supplier<Map<String, Tensor>> parameters = mock();
    when(parameters.get()).thenReturn(Map.of());
    Autosave autosave = new Autosave(saved -> {}, epoch -> {}, clock);
    autosave.epochEnded(1, parameters);
    autosave.epochEnded(2, parameters);
    verify(parameters, times(1)).get();
    autosave.epochEnded(3, parameters);
    verify(parameters, times(2)).get();
  }
}
