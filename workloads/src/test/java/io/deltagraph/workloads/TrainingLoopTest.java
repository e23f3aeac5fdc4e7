package io.deltagraph.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.sun.management.ThreadMXBean;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.plan.Step;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.training.Samples;
import io.deltagraph.training.StepTiers;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.training.TrainingOptions;
import io.deltagraph.training.TrainingResult;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole training runs with fewer rows in the last batch, on whatever their steps run. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TrainingLoopTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Backend LOOPS = Backend.reference();

  /** The fastest that is there: vectors, where they are. */
  private static final Backend VECTORS = Backend.all(OPS).getLast();

  private static final int ROWS = 110;
  private static final int BATCH = 32;
  private static final int FEATURES = 64;
  private static final int CLASSES = 10;

  /** How long to wait until no epoch allocates: as long as code is not compiled, it may. */
  private static final long MOST_NANOS = 60_000_000_000L;

  private static Trainer trainer(DType dtype) {
    Initialiser he = new Initialiser.He();
    NetworkPlan plan =
        new NetworkPlan(
            FEATURES,
            ImmutableList.of(
                new LayerPlan(48, OpChoice.of("relu"), he),
                new LayerPlan(33, OpChoice.of("tanh"), he),
                new LayerPlan(CLASSES, OpChoice.of("softmax"), he)),
            false,
            OpChoice.of("softmax_cross_entropy"),
            1e-4,
            1e-5,
            dtype);
    return Trainer.of(Network.build(plan, OPS, Seeds.of(5)).model()).optimizer(new Adam(0.002));
  }

  private static Samples samples(DType dtype) {
    RandomStream random = Seeds.of(6).stream();
    return new Samples(
        Tensor.generate(TensorType.of(dtype, ROWS, FEATURES), i -> random.nextGaussian()),
        Tensor.generate(
            TensorType.of(dtype, ROWS, CLASSES),
            i -> i % CLASSES == i / CLASSES * 7 % CLASSES ? 1 : 0));
  }

  private static TrainingOptions options(int epochs) {
    return new TrainingOptions(
        epochs, OptionalInt.of(BATCH), OptionalDouble.empty(), Seeds.of(7), 1);
  }

  private static TrainingResult trained(DType dtype, int epochs, Session.Options session) {
    return trainer(dtype).options(options(epochs)).session(session).fit(samples(dtype));
  }

  private static void assertSameBits(String what, TrainingResult one, TrainingResult other) {
    assertThat(Double.doubleToLongBits(one.loss()))
        .as(what)
        .isEqualTo(Double.doubleToLongBits(other.loss()));
    one.parameters()
        .forEach((name, value) ->
            assertThat(value.bitEquals(other.parameters().get(name))).as(what + name).isTrue());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void theTierTheThreadsAndTheTimeOfTheSwitchChangeNoBit(DType dtype) {
    Session.Options defaults = Session.Options.defaults();
    int epochs = 6;
    TrainingResult loops = trained(dtype, epochs, defaults.withBackend(LOOPS));
    assertThat(loops.loss()).isFinite();
    assertSameBits("rows ", loops, trained(dtype, epochs, defaults.withBackend(new Rows())));
    assertSameBits("vectors ", loops, trained(dtype, epochs, defaults.withBackend(VECTORS)));
    for (int threads = 1; threads <= 3; threads++) {
      assertSameBits(
          threads + " threads, warmed aside: ",
          loops,
          trained(dtype, epochs, defaults.warming(VECTORS).withThreads(threads)));
    }
    for (int seed = 0; seed < 5; seed++) {
      Backend switching = new Switching(Seeds.of(seed).stream(), epochs * (ROWS / BATCH + 1), 0);
      assertSameBits(
          "switches of seed %d: ".formatted(seed),
          loops,
          trained(dtype, epochs, defaults.withBackend(switching)));
    }
  }

  /** A tier that is a last bit off at one number in one step is seen. */
  @Test
  void aTierOfOtherBitsIsSeen() {
    Session.Options defaults = Session.Options.defaults();
    TrainingResult loops = trained(DType.F32, 3, defaults.withBackend(LOOPS));
    Backend off = new Switching(Seeds.of(0).stream(), 12, 1e-6);
    assertThatThrownBy(
            () -> assertSameBits("off ", loops, trained(DType.F32, 3, defaults.withBackend(off))))
        .isInstanceOf(AssertionError.class);
  }

  /** Plain loops with rows of products on vectors, where there are any. */
  private record Rows() implements Backend {
    @Override
    public String name() {
      return "rows on vectors";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return step instanceof Step.Product product && VECTORS.rows().isPresent()
          ? LOOPS.tasks(product, memory, VECTORS.rows().get().loop())
          : LOOPS.tasks(step, memory);
    }
  }

  /**
   * Each step begins on plain loops and goes over to rows on vectors, to vectors and back to plain
   * loops, each at some run of its own.
   *
   * @param most how many runs there are
   * @param mistake what the first number of what is then on vectors is off by, as a factor
   */
  private record Switching(RandomStream random, int most, double mistake) implements Backend {
    @Override
    public String name() {
      return "switching";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      List<Task> loops = LOOPS.tasks(step, memory).orElseThrow();
      List<Task> rows = new Rows().tasks(step, memory).orElse(loops);
      List<Task> vectors = VECTORS.tasks(step, memory).orElse(loops);
      Runnable after =
          mistake == 0
              ? () -> {}
              : () -> {
                TensorBuffer values = memory.of(step.outputs().getFirst());
                values.set(0, values.get(0) * (1 + mistake));
              };
      return Optional.of(
          List.of(
              new Tiers(
                  List.of(loops, rows, vectors, loops),
                  new int[] {
                    random.nextInt(most / 2), random.nextInt(most), most / 2 + random.nextInt(most)
                  },
                  after)));
    }
  }

  /** The tasks of several tiers, as one that goes over from each to the next. */
  @SuppressWarnings("ArrayRecordComponent") // lives only within a session
  private record Tiers(List<List<Task>> tiers, int[] until, Runnable after, int[] runs)
      implements Task {
    Tiers(List<List<Task>> tiers, int[] until, Runnable after) {
      this(tiers, until, after, new int[1]);
    }

    @Override
    public int units() {
      return 1;
    }

    @Override
    public long cost() {
      return 1;
    }

    @Override
    public void run(int from, int to, int worker) {
      int tier = 0;
      while (tier < until.length && runs[0] >= until[tier]) {
        tier++;
      }
      runs[0]++;
      for (Task task : tiers.get(tier)) {
        task.run(0, task.units(), worker);
      }
      after.run();
    }
  }

  /** From the shuffle before an epoch to the listener after it, the smaller last batch included. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEpochAllocatesNothingOnceSettled(boolean vectors) {
    Session.Options defaults = Session.Options.defaults();
    Counter counter = new Counter(0);
    trainUntilEnough(counter, vectors ? defaults : defaults.withBackend(LOOPS));
    assertThat(counter.least).as("bytes of an epoch").isZero();
    assertThat(counter.rows).isEqualTo(ROWS);
  }

  /** One object a step is seen. */
  @Test
  void anObjectOfAStepIsSeen() {
    Counter counter = new Counter(1);
    trainUntilEnough(counter, Session.Options.defaults().withBackend(LOOPS));
    assertThat(counter.least).isGreaterThanOrEqualTo(4 * 16);
  }

  private static void trainUntilEnough(Counter counter, Session.Options session) {
    try {
      trainer(DType.F32)
          .options(options(Integer.MAX_VALUE))
          .session(session)
          .listener(counter)
          .fit(samples(DType.F32));
    } catch (Enough expected) {
      assertThat(expected).isSameAs(counter.enough);
    }
  }

  /** Ends a training. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The fewest bytes from the end of an epoch to the end of the next. */
  private static final class Counter implements TrainingListener {
    private final Enough enough = new Enough();
    private final int objects;
    private final Object[] made = new Object[1];
    private final long start = System.nanoTime();
    private @Nullable StepTiers tiers;
    private long before;
    private long least = Long.MAX_VALUE;
    private int rows;
    private double sum;

    Counter(int objects) {
      this.objects = objects;
    }

    @Override
    public void started(StepTiers steps) {
      tiers = steps;
    }

    @Override
    public void stepped(
        int epoch, int seen, TensorReader outputs, TensorReader targets, double loss) {
      rows = seen;
      sum += outputs.get(0) + targets.get(targets.length() - 1) + loss;
      for (int i = 0; i < objects; i++) {
        made[0] = new Object();
      }
    }

    @Override
    public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
      long now = THREADS.getCurrentThreadAllocatedBytes();
      if (tiers != null && tiers.isSettled() && before > 0) {
        least = Math.min(least, now - before);
        // What makes objects on purpose never gets to none.
        boolean late = System.nanoTime() - start > (objects > 0 ? MOST_NANOS / 20 : MOST_NANOS);
        if (least == 0 || late) {
          assertThat(sum).isFinite();
          throw enough;
        }
      }
      before = THREADS.getCurrentThreadAllocatedBytes();
    }
  }
}
