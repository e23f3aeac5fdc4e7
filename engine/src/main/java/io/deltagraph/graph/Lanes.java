package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** A tuple of lanes: the inputs of a pointwise op, or what a reduction carries along. */
public record Lanes(List<Lane> all) {
  public Lanes {
    all = ImmutableList.copyOf(all);
  }

  /** These lanes. */
  public static Lanes of(Lane... lanes) {
    return new Lanes(ImmutableList.copyOf(lanes));
  }

  /** The input lanes of an op whose inputs have those types. */
  public static Lanes of(InputTypes inputs) {
    ImmutableList.Builder<Lane> lanes = ImmutableList.builder();
    for (int i = 0; i < inputs.size(); i++) {
      lanes.add(Lane.input(i, inputs.get(i).dtype()));
    }
    return new Lanes(lanes.build());
  }

  /** The lane at a position. */
  public Lane get(int index) {
    return all.get(index);
  }

  /** The number of lanes. */
  public int size() {
    return all.size();
  }
}
