package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.sun.management.ThreadMXBean;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How HotSpot compiles the generated kernels, as its log says, in a process of their own. */
class CompiledTest {
  private static final String KERNEL = " method='(io\\.deltagraph\\.simd\\.Generated\\S+) run ";

  private static final Pattern ANY = Pattern.compile(KERNEL);
  private static final Pattern BEST = Pattern.compile("<nmethod .*compiler='c2'.*" + KERNEL);
  private static final Pattern QUICK = Pattern.compile("<nmethod .*compiler='c1'.*" + KERNEL);
  private static final Pattern NEVER_BEST =
      Pattern.compile("<make_not_compilable .*level='4'.*" + KERNEL);
  private static final Pattern NEVER_QUICK =
      Pattern.compile("<make_not_compilable .*level='[123]'.*" + KERNEL);

  @TempDir private Path folder;

  /**
   * The second compiler (C2) compiles every kernel that is compiled at all, and the first one (C1)
   * none: a kernel could get stuck with the slow code of the first one.
   */
  @Test
  void theBestCompilerAloneTakesEveryKernel() throws IOException, InterruptedException {
    String log = log(100);
    assertThat(names(ANY, log)).hasSizeGreaterThan(8);
    assertThat(names(BEST, log)).as(log).isEqualTo(names(ANY, log));
    assertThat(names(NEVER_BEST, log)).isEmpty();
    assertThat(names(QUICK, log)).isEmpty();
    assertThat(names(NEVER_QUICK, log)).isNotEmpty();
  }

  /** The check sees a C2 that refuses all methods of more than a few nodes. */
  @Test
  void aRefusalIsSeen() throws IOException, InterruptedException {
    String log = log(60, "-XX:MaxNodeLimit=2000", "-XX:NodeLimitFudgeFactor=100");
    assertThat(names(NEVER_BEST, log)).as(log).isNotEmpty();
    assertThat(names(BEST, log)).isNotEqualTo(names(ANY, log));
  }

  private static Set<String> names(Pattern pattern, String log) {
    return pattern
        .matcher(log)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** The lines about kernels in the compilers' log, of a training of some seconds at most. */
  private String log(int seconds, String... flags) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("-XX:+UnlockDiagnosticVMOptions");
    all.add("-XX:+LogCompilation");
    all.add("-XX:LogFile=" + log);
    ChildProcess.output(Settling.class, all, String.valueOf(seconds));
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains(".Generated/")).collect(Collectors.joining("\n"));
    }
  }

  /**
   * All kernels are compiled well without profiles of types. These belong to the methods of the
   * Vector API, so that other programs in the same JVM change them.
   */
  @Test
  void noKernelNeedsAProfile() throws IOException, InterruptedException {
    String output = ChildProcess.output(Rehearsing.class, List.of("-XX:-UseTypeProfile"), "60");
    assertThat(output.lines().filter(line -> line.startsWith("well")).count())
        .as(output)
        .isGreaterThan(15);
    assertThat(output.lines().filter(line -> line.startsWith("badly"))).as(output).isEmpty();
  }

  /** Trains a net until every step runs as it will from then on. */
  static final class Settling {
    /** Trains for so many seconds at most. */
    public static void main(String[] args) {
      Net net = Net.of(DType.F32, 64, List.of(100, 64, 10), "relu", new SplittableRandom(1));
      Session.Options options = Session.Options.defaults().warming(new SimdBackend());
      try (Session session = Session.open(net.graph(), options)) {
        BoundSession bound = session.setAll(net.start()).bind(net.data());
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
        while (!bound.isSettled() && System.nanoTime() < end) {
          bound.run();
        }
      }
    }
  }

  /** Rehearses the steps of a net, some folds and a product, and says which go on allocating. */
  static final class Rehearsing {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Rehearses each step for so many seconds at most. */
    public static void main(String[] args) {
      GraphBuilder builder = new GraphBuilder(OpRegistry.load());
      Value x = builder.input("x", TensorType.of(DType.F32, 90, 128));
      Value y = builder.input("y", TensorType.of(DType.F32, 130, 780));
      Map<String, Value> others =
          Map.of(
              "a", x.max(List.of(1), false),
              "b", x.max(List.of(0), false),
              "c", x.sum(List.of(1), false),
              "d", x.sum(List.of(0), false),
              "e", x.times(x).sum(),
              "f", y.transpose().matmul(y));
      Net net = Net.of(DType.F32, 64, List.of(100, 64, 10), "relu", new SplittableRandom(1));
      for (Graph graph : List.of(net.graph(), builder.graph(others, Map.of()))) {
        Plan plan = Planner.plan(graph, Map.of());
        Backend.Memory memory = Graphs.memory(plan, 1);
        Backend backend = new SimdBackend();
        Stream.concat(plan.steps().stream(), plan.commits().stream())
            .filter(step -> backend.tasks(step, memory).isPresent())
            .forEach(step -> {
              List<Task> tasks = backend.rehearsal(step, memory).orElseThrow();
              boolean well = isWellCompiled(tasks, Integer.parseInt(args[0]));
              IO.println((well ? "well " : "badly ") + step);
            });
      }
    }

    private static boolean isWellCompiled(List<Task> tasks, int seconds) {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() < end) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        // An iterator would be an object too.
        for (int i = 0; i < tasks.size(); i++) {
          tasks.get(i).run(0, tasks.get(i).units(), 0);
        }
        if (THREADS.getCurrentThreadAllocatedBytes() == allocated) {
          return true;
        }
      }
      return false;
    }
  }
}
