package io.deltagraph.tiering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharingTest {
  private static final int TRIAL = 2 * (Sharing.BEFORE + Sharing.TIMED);

  /** Long enough for the longest pause between two trials. */
  private static final int LONG = 200_000;

  private long now;

  /** Does runs that take so long with helpers and without; how many were shared. */
  private int runs(Sharing sharing, int count, long withHelpers, long alone) {
    int shared = 0;
    for (int i = 0; i < count; i++) {
      sharing.start();
      boolean helped = sharing.isShared();
      shared += helped ? 1 : 0;
      now += helped ? withHelpers : alone;
      sharing.end();
    }
    return shared;
  }

  private Sharing sharing(long nanos) {
    Sharing sharing = new Sharing(() -> now);
    sharing.begin(nanos);
    return sharing;
  }

  @Test
  void runsAreSharedWhereHelpersPay() {
    Sharing sharing = sharing(50_000);
    assertThat(runs(sharing, TRIAL, 60_000, 100_000)).isEqualTo(TRIAL / 2);
    assertThat(runs(sharing, 1_000, 60_000, 100_000)).isEqualTo(1_000);
  }

  @Test
  void runsAreNotSharedWhereHelpersHurt() {
    Sharing sharing = sharing(50_000);
    runs(sharing, TRIAL, 300_000, 100_000);
    assertThat(runs(sharing, Sharing.APART, 300_000, 100_000)).isZero();
    assertThat(runs(sharing, LONG, 300_000, 100_000)).isPositive().isLessThan(LONG / 50);
  }

  @Test
  void whatBecomesFasterIsFound() {
    Sharing sharing = sharing(50_000);
    runs(sharing, TRIAL, 300_000, 100_000);
    runs(sharing, LONG, 60_000, 100_000);
    assertThat(runs(sharing, 1_000, 60_000, 100_000)).isGreaterThan(900);
    runs(sharing, LONG, 300_000, 100_000);
    assertThat(runs(sharing, 1_000, 300_000, 100_000)).isLessThan(100);
  }

  /** Runs in which helpers wake up, and single ones that were disturbed, decide nothing. */
  @Test
  void aDisturbanceDecidesNothing() {
    Sharing sharing = sharing(50_000);
    runs(sharing, Sharing.BEFORE, 9_000_000, 100_000);
    runs(sharing, Sharing.TIMED / 2, 9_000_000, 100_000);
    runs(sharing, TRIAL - Sharing.BEFORE - Sharing.TIMED / 2, 60_000, 100_000);
    assertThat(runs(sharing, 400, 60_000, 100_000)).isEqualTo(400);
  }

  /** To write to an input takes longer where a helper has read it. */
  @Test
  void settingInputsCounts() {
    Sharing sharing = sharing(50_000);
    for (int i = 0; i < TRIAL; i++) {
      sharing.start();
      now += sharing.isShared() ? 70_000 : 5_000;
      sharing.pause();
      runs(sharing, 1, 60_000, 100_000);
    }
    assertThat(runs(sharing, 400, 60_000, 100_000)).isZero();
  }

  @Test
  void theTimeBetweenRunsDoesNotCount() {
    Sharing sharing = sharing(50_000);
    for (int i = 0; i < TRIAL; i++) {
      now += sharing.isShared() ? 70_000 : 5_000;
      runs(sharing, 1, 60_000, 100_000);
    }
    assertThat(runs(sharing, 400, 60_000, 100_000)).isEqualTo(400);
  }

  @Test
  void newTasksAreTriedAnew() {
    Sharing sharing = sharing(50_000);
    runs(sharing, TRIAL, 300_000, 100_000);
    sharing.begin(10_000);
    assertThat(runs(sharing, TRIAL, 5_000, 10_000)).isEqualTo(TRIAL / 2);
    assertThat(runs(sharing, 400, 5_000, 10_000)).isEqualTo(400);
  }

  @Test
  void whatIsLongIsSharedAtOnceAndWhatIsShortNever() {
    assertThat(runs(sharing(Sharing.SURE), 1_000, 2, 1)).isEqualTo(1_000);
    assertThat(runs(sharing(0), 1_000, 1, 2)).isZero();
  }
}
