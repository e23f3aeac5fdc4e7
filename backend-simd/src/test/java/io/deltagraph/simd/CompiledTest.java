package io.deltagraph.simd;

import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What HotSpot says of the generated kernels in a process of their own. */
class CompiledTest {
  private static final String KERNEL = "(io\\.deltagraph\\.simd\\.Generated\\S+)::run";

  private static final Pattern ANY = Pattern.compile(KERNEL);
  // A kernel that is entered seldom and goes on for long may have been compiled from a loop of it
  // on.
  private static final Pattern BEST = Pattern.compile(" 4 +" + KERNEL + "(?: @ \\d+)? \\(");
  private static final Pattern REFUSED = Pattern.compile(" 4 +" + KERNEL + ".*COMPILE SKIPPED");
  private static final Pattern QUICK =
      Pattern.compile(" [123] +" + KERNEL + " .*bytes\\)$", MULTILINE);
  private static final Pattern NOT_QUICK =
      Pattern.compile(" [123] +" + KERNEL + ".*COMPILE SKIPPED: Exception handler");

  /**
   * The best compiler takes every kernel of which there was anything to compile, and the quick one
   * takes none: code of its own could stay for good.
   */
  @Test
  void theBestCompilerAloneTakesEveryKernel() throws IOException, InterruptedException {
    String output = output(20);
    assertThat(names(ANY, output)).as(output).hasSizeGreaterThan(8);
    assertThat(names(BEST, output)).as(output).isEqualTo(names(ANY, output));
    assertThat(names(REFUSED, output)).isEmpty();
    assertThat(names(QUICK, output)).isNotEmpty().isEqualTo(names(NOT_QUICK, output));
  }

  /** What the check is worth: a compiler that takes no method of more than a few nodes. */
  @Test
  void aRefusalIsSeen() throws IOException, InterruptedException {
    String output = output(3, "-XX:MaxNodeLimit=2000", "-XX:NodeLimitFudgeFactor=100");
    assertThat(names(REFUSED, output)).as(output).isNotEmpty();
  }

  private static ImmutableSet<String> names(Pattern pattern, String output) {
    return pattern
        .matcher(output)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(ImmutableSet.toImmutableSet());
  }

  private static String output(int seconds, String... flags)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+PrintCompilation"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Settling.class.getName());
    command.add(String.valueOf(seconds));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Trains a net until every step runs as it will from then on. */
  static final class Settling {
    /** Trains for so many seconds at most. */
    public static void main(String[] args) {
      Net net = Net.of(DType.F32, 64, List.of(100, 64, 10), "relu", new SplittableRandom(1));
      Session.Options options = new Session.Options(1, 8, new SimdBackend(), true);
      try (Session session = Session.open(net.graph(), options)) {
        BoundSession bound = session.setAll(net.start()).bind(net.data());
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
        while (!bound.isSettled() && System.nanoTime() < end) {
          bound.run();
        }
      }
    }
  }
}
