package io.deltagraph.ops;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Attribute;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Types;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import java.util.List;

/** What reductions have in common: their attributes, and the way back to the input's shape. */
final class Folding {

  private Folding() {}

  /** {@code axes}, all of them by default, and {@code keepdims}, not by default. */
  static Schema<Reduction.Axes> schema() {
    return Schema.of(
        Reduction.Axes::new,
        Attribute.integers("axes", Reduction.Axes::axes).orElse(ImmutableList.of()),
        Attribute.flag("keepdims", Reduction.Axes::keepdims).orElse(false));
  }

  static Value of(String name, Value x, List<Integer> axes, boolean keepdims) {
    return x.op(name, new Reduction.Axes(ImmutableList.copyOf(axes), keepdims));
  }

  /** The folded axes of the node's input, counted from 0. */
  static ImmutableList<Integer> axes(Adjoint<Reduction.Axes> at) {
    return at.attributes().of(new Types(ImmutableList.of(at.input(0).type())));
  }

  /** A value of the output's shape with the folded axes put back as 1. */
  static Value kept(Adjoint<Reduction.Axes> at, Value value) {
    Shape shape = at.input(0).shape();
    for (int axis : axes(at)) {
      shape = shape.with(axis, Dim.of(1));
    }
    return value.reshape(shape);
  }

  /** A value of the output's shape repeated over the folded axes. */
  static Value spread(Adjoint<Reduction.Axes> at, Value value) {
    return kept(at, value).broadcastTo(at.input(0).shape());
  }
}
