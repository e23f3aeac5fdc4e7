package io.deltagraph.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that is written over, ten times a second at most; it has no colours. */
final class ProgressBar implements Progress.View {
  private static final long PAUSE = 100_000_000L;
  private static final int WIDTH = 10;
  private static final int LINE = 79;

  private final long all;
  private final Output out;
  private final LongSupplier nanoTime;
  private final long start;
  private long drawnAt;
  private long seen;
  private String epoch = "";
  private int length;

  ProgressBar(long all, Output out, LongSupplier nanoTime) {
    this.all = all;
    this.out = out;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.drawnAt = start - PAUSE;
  }

  @Override
  public void at(long rows) {
    seen = rows;
    long now = nanoTime.getAsLong();
    if (now - drawnAt >= PAUSE) {
      draw(now);
    }
  }

  @Override
  public void epochEnded(int number, String text, long rows) {
    epoch = text;
    at(rows);
  }

  @Override
  public void close() {
    draw(nanoTime.getAsLong());
    out.progress("\n");
  }

  private void draw(long now) {
    drawnAt = now;
    int full = (int) (WIDTH * seen / all);
    String line =
        String.format(
            Locale.ROOT,
            "%3d%% %s%s  %s  %,.0f rows/s",
            100 * seen / all,
            "█".repeat(full),
            "░".repeat(WIDTH - full),
            epoch,
            seen / Math.max(1e-9, (now - start) * 1e-9));
    String cut = line.length() <= LINE ? line : line.substring(0, LINE);
    out.progress("\r" + cut + " ".repeat(Math.max(0, length - cut.length())));
    length = cut.length();
  }
}
