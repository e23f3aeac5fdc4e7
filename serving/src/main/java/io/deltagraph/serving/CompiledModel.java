package io.deltagraph.serving;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.models.Network;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.TensorType;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A net with its parameters that is planned once and kept, from prepared rows to outputs. Rows are
 * run one by one or in blocks of a fixed size, the last one filled up, so that no number of rows
 * needs a plan of its own; a row has the same bits in whatever company it comes. Only where an op
 * may look at several rows at once are all rows run together, as they are given.
 *
 * <p>May be used by any number of threads at once. A thread takes a copy of plans, parameters and
 * memory that is free, has one made where all are in use, and waits where there are as many as
 * processors: more would compute no faster, and a server's threads are too many to own one each.
 * Nothing has to be closed.
 */
public final class CompiledModel {
  /** Rows of a block: enough for products to be at full speed, few enough to be filled up. */
  private static final int BLOCK = 64;

  /** Fewer rows than that are quicker one by one than in a block. */
  private static final int FEW = 8;

  private final Graph graph;
  private final Map<String, Tensor> parameters;
  private final Input input;
  private final int outputs;
  private final boolean apart;
  private final int most = Runtime.getRuntime().availableProcessors();
  private final Semaphore turns = new Semaphore(most);
  private final @Nullable Copy[] free = new Copy[most];
  private int count;

  private CompiledModel(Graph graph, Map<String, Tensor> parameters) {
    this.graph = graph;
    this.parameters = ImmutableMap.copyOf(parameters);
    input = graph.inputs().getFirst();
    outputs = graph.output(Network.OUTPUTS).shape().dim(1).size();
    apart = RowsApart.in(graph);
  }

  /**
   * Plans nothing yet: the first call does.
   *
   * @param graph from one input, n × features, to {@code outputs}, n × outputs, n being named
   * @param parameters a tensor for each of the graph's parameters
   */
  public static CompiledModel of(Graph graph, Map<String, Tensor> parameters) {
    return new CompiledModel(graph, parameters);
  }

  /**
   * The outputs for one row. Allocates nothing once it is settled.
   *
   * @param row as many numbers as there are features, each rounded to the input's dtype
   * @param into gets the outputs, as many as there are
   * @throws GraphException.BadInput if either has another length
   */
  public void predict(double[] row, double[] into) {
    if (into.length != outputs) {
      throw new GraphException.BadInput(
          "There are %d outputs, got room for %d.".formatted(outputs, into.length));
    }
    Copy copy = take();
    try {
      copy.predict(row, into);
    } finally {
      giveBack(copy);
    }
  }

  /**
   * The outputs for some rows, n × outputs.
   *
   * @param rows n × features
   * @throws GraphException.BadInput if they are of another type
   */
  public Tensor predict(Tensor rows) {
    Copy copy = take();
    try {
      return apart && fits(rows.type()) ? copy.predict(rows) : copy.together(rows);
    } finally {
      giveBack(copy);
    }
  }

  /** Whether each row's outputs depend on that row alone, whatever rows come with it. */
  public boolean isRowByRow() {
    return apart;
  }

  /** The number of numbers in a row. */
  public int features() {
    return input.shape().dim(1).size();
  }

  /** The number of outputs for a row. */
  public int outputs() {
    return outputs;
  }

  /** Whether a row alone, once there was one, runs as it will from now on. */
  public boolean isSettled() {
    Copy copy = take();
    try {
      return copy.one != null && copy.one.plan.isSettled();
    } finally {
      giveBack(copy);
    }
  }

  private boolean fits(TensorType type) {
    return type.dtype() == input.dtype()
        && type.rank() == 2
        && type.shape().dim(0).size() > 0
        && type.shape().dim(1).equals(input.shape().dim(1));
  }

  private Copy take() {
    turns.acquireUninterruptibly();
    Copy copy = null;
    synchronized (free) {
      if (count > 0) {
        copy = free[--count];
      }
    }
    return copy == null ? made() : copy;
  }

  private Copy made() {
    boolean done = false;
    try {
      Copy copy = new Copy();
      done = true;
      return copy;
    } finally {
      if (!done) {
        turns.release();
      }
    }
  }

  private void giveBack(Copy copy) {
    synchronized (free) {
      free[count++] = copy;
    }
    turns.release();
  }

  /** The plan for some number of rows, and its outputs. */
  private record Bound(BoundSession plan, TensorReader outputs) {}

  /** Plans, parameters and memory for one thread at a time. */
  private final class Copy {
    private final Session session = Session.open(graph).setAll(parameters);
    private final int[] numbers = new int[BLOCK];
    private @Nullable Bound one;
    private @Nullable Bound block;

    void predict(double[] row, double[] into) {
      Bound bound = one();
      bound.plan.setRow(input.label(), 0, row);
      bound.plan.run();
      read(bound, 1, into, 0);
    }

    Tensor predict(Tensor rows) {
      int n = rows.size(0);
      double[] into = new double[Math.multiplyExact(n, outputs)];
      int from = 0;
      while (n - from >= FEW) {
        from += rows(block(), BLOCK, rows, from, into);
      }
      while (from < n) {
        from += rows(one(), 1, rows, from, into);
      }
      TensorType type = TensorType.of(graph.output(Network.OUTPUTS).dtype(), n, outputs);
      return Tensor.generate(type, i -> into[i]);
    }

    /** Runs rows from a number on, the last one again where there are too few; how many it ran. */
    private int rows(Bound bound, int size, Tensor rows, int from, double[] into) {
      int last = Math.min(from + size, rows.size(0)) - 1;
      for (int i = 0; i < size; i++) {
        numbers[i] = Math.min(from + i, last);
      }
      bound.plan.setRows(input.label(), rows, numbers, 0);
      bound.plan.run();
      read(bound, last + 1 - from, into, from * outputs);
      return last + 1 - from;
    }

    private void read(Bound bound, int rows, double[] into, int at) {
      for (int i = 0; i < rows * outputs; i++) {
        into[at + i] = bound.outputs.get(i);
      }
    }

    Tensor together(Tensor rows) {
      return requireNonNull(session.run(ImmutableMap.of(input.label(), rows)).get(Network.OUTPUTS));
    }

    private Bound one() {
      Bound bound = one;
      if (bound == null) {
        one = bound = bind(1);
      }
      return bound;
    }

    private Bound block() {
      Bound bound = block;
      if (bound == null) {
        block = bound = bind(BLOCK);
      }
      return bound;
    }

    private Bound bind(int rows) {
      TensorType type = TensorType.of(input.dtype(), rows, input.shape().dim(1).size());
      BoundSession plan = session.bind(ImmutableMap.of(input.label(), Tensor.zeros(type)));
      return new Bound(plan, plan.reader(Network.OUTPUTS));
    }
  }
}
