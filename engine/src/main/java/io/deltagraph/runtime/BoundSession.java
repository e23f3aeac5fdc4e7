package io.deltagraph.runtime;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.plan.Plan;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * A session's plan for inputs of fixed types: once it is warm, {@link #run} allocates nothing. It
 * ends with its session; what it runs, the session's parameters show.
 */
public final class BoundSession {
  private final Session session;
  private final Executable executable;
  private final Workers workers;
  private final Graph graph;

  BoundSession(Session session, Graph graph, Executable executable, Workers workers) {
    this.session = session;
    this.graph = graph;
    this.executable = executable;
    this.workers = workers;
  }

  /** What is run. */
  public Plan plan() {
    return executable.plan();
  }

  /**
   * Copies a tensor to an input, where it stays until another one is set; for an input that was
   * declared, but that the graph does not need, it does nothing.
   *
   * @throws GraphException.BadInput if there is no such input, or it has another type
   */
  public void set(String input, Tensor tensor) {
    Integer number = needed(input);
    if (number == null) {
      return;
    }
    TensorType type = executable.inputs().type(number);
    if (!type.equals(tensor.type())) {
      throw new GraphException.BadInput(
          "The input %s is bound as %s, got %s; bind the session anew for other sizes."
              .formatted(input, type, tensor.type()));
    }
    synchronized (session) {
      executable.set(number, tensor);
    }
  }

  /**
   * Copies rows of a tensor to an input, as many as it is bound for: a batch, without a tensor of
   * its own.
   *
   * @param rows the numbers of rows
   * @param from the first of these numbers that counts
   * @throws GraphException.BadInput if there is no such input, or its rows have another type
   */
  public void setRows(String input, Tensor tensor, int[] rows, int from) {
    Integer number = needed(input);
    if (number == null) {
      return;
    }
    TensorType type = executable.inputs().type(number);
    if (!isOfRows(type, tensor.type())) {
      throw new GraphException.BadInput(
          "The input %s is bound as %s, got rows of %s.".formatted(input, type, tensor.type()));
    }
    synchronized (session) {
      executable.setRows(number, tensor, rows, from);
    }
  }

  /**
   * Copies numbers to one row of an input, each rounded to the element type: a row that lies in no
   * tensor.
   *
   * @param row from 0 to before the number of rows that it is bound for
   * @param values as many as a row has
   * @throws GraphException.BadInput if there is no such input or row, or its rows are of another
   *     length
   */
  public void setRow(String input, int row, double[] values) {
    Integer number = needed(input);
    if (number == null) {
      return;
    }
    TensorType type = executable.inputs().type(number);
    int rows = type.rank() == 0 ? 0 : type.shape().dim(0).size();
    if (row < 0 || row >= rows || rows * (long) values.length != type.shape().elements()) {
      throw new GraphException.BadInput(
          "The input %s is bound as %s, got row %d of %d numbers."
              .formatted(input, type, row, values.length));
    }
    synchronized (session) {
      executable.setRow(number, row, values);
    }
  }

  /**
   * Sets one element of an input, the others stay as they are.
   *
   * @param position counted row by row, from 0
   * @throws GraphException.BadInput if there is no such input
   */
  public void setElement(String input, int position, double value) {
    Integer number = needed(input);
    if (number == null) {
      return;
    }
    synchronized (session) {
      executable.setElement(number, position, value);
    }
  }

  /** The number of an input; null for one that was declared, but that the graph does not need. */
  private @Nullable Integer needed(String input) {
    Integer number = executable.inputs().numbers().get(input);
    if (number == null) {
      Feeds.requireDeclared(graph, input);
    }
    return number;
  }

  private static boolean isOfRows(TensorType type, TensorType all) {
    boolean same = type.dtype() == all.dtype() && type.rank() == all.rank() && type.rank() > 0;
    for (int axis = 1; same && axis < type.rank(); axis++) {
      same = type.shape().dim(axis).equals(all.shape().dim(axis));
    }
    return same;
  }

  /**
   * What the last run gave for an output, until the next run. It is read where it lies.
   *
   * @throws GraphException.BadInput if there is no such output
   */
  public TensorReader reader(String output) {
    return executable.outputs().of(output);
  }

  /** Computes the outputs, then sets the parameters to their new values. */
  public void run() {
    synchronized (session) {
      checkOpen();
      executable.compute(workers);
      executable.commit(workers);
    }
  }

  /** Runs once, and adds how long each step takes. */
  public void run(StepTimes times) {
    synchronized (session) {
      checkOpen();
      executable.run(workers, times);
    }
  }

  private void checkOpen() {
    if (executable.isClosed()) {
      throw new IllegalStateException("The session is closed.");
    }
  }

  /**
   * The first element of an output of the last run, without a copy: a loss.
   *
   * @throws GraphException.BadInput if there is no such output
   */
  public double scalar(String output) {
    synchronized (session) {
      return executable.outputs().of(output).get(0);
    }
  }

  /**
   * A copy of an output of the last run.
   *
   * @throws GraphException.BadInput if there is no such output
   */
  public Tensor output(String output) {
    synchronized (session) {
      return executable.outputs().of(output).get();
    }
  }

  /** Whether every step runs as it will from now on: none is being warmed aside any more. */
  public boolean isSettled() {
    return executable.isSettled();
  }

  /** How many steps run on the faster backend. */
  public int fastSteps() {
    return executable.stages().fast();
  }

  /**
   * The name of the backend that does a step's work now.
   *
   * @param step counted from 0: the plan's steps, then its commits
   */
  public String backend(int step) {
    return executable.stages().backend(step).name();
  }
}
