package io.deltagraph.tiering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Warming begins once, with the fourth run or, where a run takes long, with the first. */
class WarmingStartTest {
  private static final long LONG = 50_000_000;

  private static int[] due(WarmingStart start) {
    return IntStream.rangeClosed(1, 20).filter(run -> start.isDue()).toArray();
  }

  @Test
  void shortRunsAreWarmedFromTheFourthOn() {
    assertThat(due(WarmingStart.of(LONG))).containsExactly(4);
  }

  @Test
  void longRunsAreWarmedFromTheFirstOn() {
    assertThat(due(WarmingStart.of(LONG + 1))).containsExactly(1);
  }

  @Test
  void othersNeverAre() {
    assertThat(due(WarmingStart.never())).isEmpty();
  }
}
