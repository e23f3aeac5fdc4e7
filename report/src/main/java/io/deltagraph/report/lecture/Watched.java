package io.deltagraph.report.lecture;

import io.deltagraph.graph.Value;
import io.deltagraph.runtime.BoundSession;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.Map;

/** Values of a net's graph on fixed rows, looked at with the parameters of this or that moment. */
final class Watched implements AutoCloseable {
  private final Session session;
  private final BoundSession bound;

  /**
   * Values to look at.
   *
   * @param values at least one, by the names that they are asked for
   * @param parameters any
   * @param feeds the rows
   */
  Watched(Map<String, Value> values, Map<String, Tensor> parameters, Map<String, Tensor> feeds) {
    session = Session.open(values.values().iterator().next().builder().graph(values));
    session.setAll(parameters);
    bound = session.bind(feeds);
  }

  /** Computes all with these parameters. */
  Watched at(Map<String, Tensor> parameters) {
    session.setAll(parameters);
    bound.run();
    return this;
  }

  double number(String name) {
    return bound.scalar(name);
  }

  double[] numbers(String name) {
    return bound.output(name).toDoubles();
  }

  @Override
  public void close() {
    session.close();
  }
}
