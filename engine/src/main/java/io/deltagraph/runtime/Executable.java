package io.deltagraph.runtime;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Strided;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Buffer;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tiering.Sharing;
import io.deltagraph.tiering.SwitchableSteps;
import io.deltagraph.tiering.Warmer;
import io.deltagraph.type.TensorType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A plan with its buffers and tasks: everything that a run needs. */
final class Executable implements SwitchableSteps {
  private static final VarHandle STAGES = MethodHandles.arrayElementVarHandle(Stage[].class);

  /** What runs once or twice is over before anything is compiled, unless it takes long. */
  private static final int RUNS_BEFORE_WARMING = 3;

  /** So long that the first run is worth it, in nanoseconds. */
  private static final long LONG = 50_000_000;

  private final Plan plan;
  private final Stage[] stages;
  private final int steps;
  private final String[] inputNames;
  private final Map<String, Integer> inputs;
  private final TensorType[] inputTypes;
  private final Buffer[] inputBuffers;
  private final String[] outputNames;
  private final Buffer[] outputBuffers;
  private final Operand[] outputs;
  private final Strided[] outputLayouts;
  private final Backend.Memory memory;

  /** The buffers that change only when an input is set. */
  private final Set<Buffer> given = Sets.newIdentityHashSet();

  private final Backend backend;
  private final boolean warms;
  private volatile boolean closed;
  private final AtomicInteger switched = new AtomicInteger();
  private volatile boolean settled;
  private final Sharing sharing = new Sharing(System::nanoTime);
  private int shared = -1;
  private int runsBeforeWarming;
  private int feedings;

  /**
   * Allocates.
   *
   * @param plan what to run
   * @param parameters the buffers of the parameters, by name
   * @param options what makes tasks of steps, and among how many a task may be split
   */
  Executable(Plan plan, Map<String, Buffer> parameters, Session.Options options) {
    this.plan = plan;
    List<Buffer> buffers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Buffer> named = new ArrayList<>();
    for (Slot slot : plan.slots()) {
      Buffer buffer = buffer(slot, parameters);
      buffers.add(buffer);
      if (slot.role() instanceof Slot.OfInput || slot.role() instanceof Slot.OfConstant) {
        given.add(buffer);
      }
      if (slot.role() instanceof Slot.OfInput input) {
        names.add(input.name());
        named.add(buffer);
      }
    }
    memory = new Backend.Memory(List.copyOf(buffers), options.threads());
    inputNames = names.toArray(new String[0]);
    inputBuffers = named.toArray(new Buffer[0]);
    inputTypes = new TensorType[inputNames.length];
    ImmutableMap.Builder<String, Integer> numbers = ImmutableMap.builder();
    for (int i = 0; i < inputNames.length; i++) {
      inputTypes[i] = plan.inputs().get(inputNames[i]);
      numbers.put(inputNames[i], i);
    }
    inputs = numbers.buildOrThrow();
    steps = plan.steps().size();
    stages = new Stage[steps + plan.commits().size()];
    backend = options.backend().orElse(Backend.reference());
    boolean warm = options.warmsUp() && Warmer.takes(plan);
    for (int i = 0; i < stages.length; i++) {
      Step step = i < steps ? plan.steps().get(i) : plan.commits().get(i - steps);
      Backend reference = Backend.reference();
      Optional<Stage> fast =
          warm ? Optional.empty() : backend.tasks(step, memory).map(own -> stage(backend, own));
      stages[i] =
          fast.orElseGet(() -> stage(reference, reference.tasks(step, memory).orElseThrow()));
    }
    warms = warm && !backend.isReference();
    runsBeforeWarming =
        Arrays.stream(stages).mapToLong(Stage::cost).sum() > LONG ? 0 : RUNS_BEFORE_WARMING;
    outputNames = plan.outputs().keySet().toArray(new String[0]);
    outputs = plan.outputs().values().toArray(new Operand[0]);
    outputBuffers = new Buffer[outputs.length];
    outputLayouts = new Strided[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      outputBuffers[i] = memory.of(outputs[i]);
      outputLayouts[i] = Strided.of(outputs[i]);
    }
  }

  private static Buffer buffer(Slot slot, Map<String, Buffer> parameters) {
    return switch (slot.role()) {
      case Slot.OfInput input -> Backend.Memory.allocate(slot.dtype(), slot.length());
      case Slot.OfParameter parameter -> {
        Buffer shared = parameters.get(parameter.name());
        if (shared == null) {
          throw new IllegalStateException("No buffer for the parameter " + parameter.name() + ".");
        }
        yield shared;
      }
      case Slot.OfConstant constant -> {
        Buffer filled = Backend.Memory.allocate(slot.dtype(), slot.length());
        constant.tensor().copyInto(filled);
        yield filled;
      }
      case Slot.Scratch scratch -> Backend.Memory.allocate(slot.dtype(), slot.length());
    };
  }

  Plan plan() {
    return plan;
  }

  /** Whether inputs of these types, which are all there, fit this plan. */
  boolean takes(Map<String, Tensor> feeds) {
    for (String name : inputNames) {
      Tensor tensor = feeds.get(name);
      if (tensor == null || !tensor.type().equals(plan.inputs().get(name))) {
        return false;
      }
    }
    return true;
  }

  /** Runs everything but the commits. */
  Map<String, Tensor> run(Map<String, Tensor> feeds, Workers workers) {
    feed(feeds);
    compute(workers);
    ImmutableMap.Builder<String, Tensor> results = ImmutableMap.builder();
    for (int i = 0; i < outputs.length; i++) {
      results.put(outputNames[i], output(i));
    }
    return results.buildOrThrow();
  }

  /** Takes step after step until one makes a number that is not finite from finite ones. */
  Optional<NonFinite> firstNonFinite(Graph graph, Map<String, Tensor> feeds, Workers workers) {
    feed(feeds);
    FiniteCheck check = new FiniteCheck(memory);
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Optional<Value> given = given(graph, plan.slots().get(slot));
      if (given.isPresent()) {
        TensorType type = given.get().type().bind(plan.sizes());
        Operand place =
            plan.parameters()
                .getOrDefault(
                    given.get().label(),
                    new Operand(slot, type, IndexMap.identity(type.shape().sizes())));
        Optional<NonFinite> found = check.given(given.get(), place);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (int i = 0; i < steps; i++) {
      take(i, workers, true);
      Optional<NonFinite> found = check.after(plan.steps().get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Value> given(Graph graph, Slot slot) {
    return switch (slot.role()) {
      case Slot.OfInput input -> named(graph.inputs(), input.name());
      case Slot.OfParameter parameter -> named(graph.parameters(), parameter.name());
      case Slot.OfConstant constant -> Optional.empty();
      case Slot.Scratch scratch -> Optional.empty();
    };
  }

  private static Optional<Value> named(List<? extends Value> values, String name) {
    return values.stream().filter(value -> value.label().equals(name)).<Value>map(v -> v).findAny();
  }

  /** Sets the parameters to their new values. */
  void commit(Workers workers) {
    boolean share = sharing.isShared();
    for (int i = steps; i < stages.length; i++) {
      take(i, workers, share);
    }
    sharing.end();
  }

  private void warm() {
    if (warms && runsBeforeWarming-- == 0) {
      Thread.ofPlatform().daemon().name("deltagraph-warmer").start(warmer(Warmer.PATIENCE));
    }
  }

  /** What warms the steps, and says when it is done with them. */
  Warmer warmer(long patience) {
    return new Warmer(this, plan, backend, memory, patience);
  }

  /** Takes the steps. */
  void compute(Workers workers) {
    boolean share = start(workers);
    for (int i = 0; i < steps; i++) {
      take(i, workers, share);
    }
  }

  /** Takes the steps and commits, and notes how long each took. */
  void run(Workers workers, StepTimes times) {
    boolean share = start(workers);
    long time = times.start();
    for (int i = 0; i < stages.length; i++) {
      take(i, workers, share);
      time = times.end(i, time);
    }
    sharing.end();
  }

  /** Whether helpers take part in the run that starts now. */
  private boolean start(Workers workers) {
    warm();
    workers.busyBeside(!isSettled());
    int now = switched.get();
    if (shared != now) {
      shared = now;
      sharing.of(sharedNanos());
    }
    sharing.start();
    return sharing.isShared();
  }

  /** About how long all tasks take together that are long enough to be shared. */
  private long sharedNanos() {
    long nanos = 0;
    for (int i = 0; i < stages.length && memory.workers() > 1; i++) {
      Stage stage = (Stage) STAGES.getAcquire(stages, i);
      for (Workers.Job job : stage.once) {
        nanos += job.isShared() ? job.cost() : 0;
      }
      for (Workers.Job job : stage.always) {
        nanos += job.isShared() ? job.cost() : 0;
      }
    }
    return nanos;
  }

  private void take(int step, Workers workers, boolean share) {
    Stage stage = (Stage) STAGES.getAcquire(stages, step);
    if (stage.fed != feedings) {
      take(stage.once, workers, share);
      stage.fed = feedings;
    }
    take(stage.always, workers, share);
  }

  private static void take(Workers.Job[] jobs, Workers workers, boolean share) {
    for (Workers.Job job : jobs) {
      if (share) {
        workers.run(job);
      } else {
        job.alone();
      }
    }
  }

  @Override
  public void replace(int step, Backend by, List<Task> tasks) {
    STAGES.setRelease(stages, step, stage(by, tasks));
    switched.addAndGet(by.isReference() ? -1 : 1);
  }

  private Stage stage(Backend backend, List<Task> tasks) {
    List<Task> once = new ArrayList<>(tasks);
    once.removeIf(task -> task.arranges().filter(given::contains).isEmpty());
    List<Task> always = new ArrayList<>(tasks);
    always.removeAll(once);
    return new Stage(backend, jobs(once), jobs(always));
  }

  private static Workers.Job[] jobs(List<Task> tasks) {
    return tasks.stream().map(Workers.Job::of).toArray(Workers.Job[]::new);
  }

  /** The tasks of a step: some run once for given inputs, the others in every run. */
  private static final class Stage {
    private final Backend backend;
    private final Workers.Job[] once;
    private final Workers.Job[] always;
    private int fed = -1;

    Stage(Backend backend, Workers.Job[] once, Workers.Job[] always) {
      this.backend = backend;
      this.once = once;
      this.always = always;
    }

    long cost() {
      return Arrays.stream(always).mapToLong(Workers.Job::cost).sum();
    }
  }

  /** What does a step's work now. */
  Backend backend(int step) {
    return ((Stage) STAGES.getAcquire(stages, step)).backend;
  }

  /** How many steps run on the tasks of a faster backend. */
  int switched() {
    return switched.get();
  }

  /** Whether no further step is about to change over. */
  boolean isSettled() {
    return settled || !warms;
  }

  @Override
  public void settle() {
    settled = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  private void feed(Map<String, Tensor> feeds) {
    for (int i = 0; i < inputNames.length; i++) {
      Tensor tensor = feeds.get(inputNames[i]);
      if (tensor == null) {
        throw new IllegalStateException("No value for the input " + inputNames[i] + ".");
      }
      feed(i, tensor);
    }
  }

  /** The numbers of the inputs, by name. */
  Map<String, Integer> inputs() {
    return inputs;
  }

  TensorType inputType(int input) {
    return inputTypes[input];
  }

  /** Sets an input, to a tensor of its type. */
  void feed(int input, Tensor tensor) {
    sharing.start();
    tensor.copyInto(inputBuffers[input]);
    sharing.pause();
    feedings++;
  }

  /** A copy of an output. */
  Tensor output(int number) {
    int count = outputs[number].elements();
    Buffer copy = Buffer.allocate(outputs[number].type().dtype(), count);
    outputLayouts[number].copy(outputBuffers[number], 0, 0, count, copy, 0);
    return Tensor.wrap(outputs[number].type(), copy);
  }

  /** The first element of an output. */
  double first(int number) {
    return outputBuffers[number].get(outputLayouts[number].at(0));
  }
}
