package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The inputs of a composite. */
public record Values(List<Value> all) {
  public Values {
    all = ImmutableList.copyOf(all);
  }

  /** The value at a position. */
  public Value get(int index) {
    return all.get(index);
  }

  /** The types of the values, to refuse what does not fit in the composite's own name. */
  public InputTypes types() {
    return GraphBuilder.types(all);
  }

  /** The number of values. */
  public int size() {
    return all.size();
  }
}
