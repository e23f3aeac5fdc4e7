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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AutosaveTest {
  private long now;

  @Test
  void keepsAfterTheFirstEpochAndThenAtMostOnceASecond() {
    List<Double> saved = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    Autosave autosave =
        new Autosave(
            (parameters, done) -> {
              parameters.values().forEach(tensor -> saved.add(tensor.item()));
              done.accept(Path.of("m.autosave"));
            },
            () -> now);
    assertThat(autosave.kept()).isEmpty();
    for (int epoch = 1; epoch <= 25; epoch++) {
      now += 100_000_000L;
      double value = epoch;
      autosave.epochEnded(epoch, () -> Map.of("w", Tensor.scalar(value)));
      told.add(autosave.kept().orElseThrow().epoch());
    }
    assertThat(saved).containsExactly(1.0, 11.0, 21.0);
    assertThat(told.stream().distinct()).containsExactly(1, 11, 21);
    assertThat(autosave.kept().orElseThrow().files().json()).isEqualTo(Path.of("m.autosave.json"));
  }

  @Test
  void whatCannotBeSavedEndsTraining() throws IOException {
    Autosave.Save fullDisk = mock();
    doThrow(new IOException("the disk is full")).when(fullDisk).write(any(), any());
    Autosave autosave = new Autosave(fullDisk, () -> now);
    assertThatThrownBy(() -> autosave.epochEnded(1, Map::of))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the disk is full");
    assertThat(autosave.kept()).isEmpty();
  }

  @Test
  void parametersAreCopiedOnlyToBeSaved() {
    LongSupplier clock = mock();
    when(clock.getAsLong()).thenReturn(0L, 999_999_999L, 1_000_000_000L);
    Supplier<Map<String, Tensor>> parameters = mock();
    when(parameters.get()).thenReturn(Map.of());
    Autosave autosave = new Autosave((saved, done) -> done.accept(Path.of("m")), clock);
    autosave.epochEnded(1, parameters);
    autosave.epochEnded(2, parameters);
    verify(parameters, times(1)).get();
    autosave.epochEnded(3, parameters);
    verify(parameters, times(2)).get();
  }
}
