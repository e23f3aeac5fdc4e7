package io.deltagraph.losses;

import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.Map;

/** What several losses have in common. */
final class Terms {
  private Terms() {}

  /** Outputs minus targets; a loss does not broadcast, since (n) against (n, 1) would be n × n. */
  static Value error(Values x) {
    requireSameShape(x);
    return x.get(0).minus(x.get(1));
  }

  static void requireSameShape(Values x) {
    x.types()
        .require(
            x.get(0).shape().equals(x.get(1).shape()),
            "the shapes "
                + x.get(0).shape()
                + " and "
                + x.get(1).shape()
                + " differ, and a loss does not broadcast; reshape one of them");
  }

  /** Rows of samples with the classes along the last axis. */
  static void requireRows(Values x) {
    x.types()
        .require(
            x.get(0).type().rank() >= 2,
            "samples are rows and classes are along the last axis, so there are at least 2 axes");
  }

  /** Checks that there is one class index per row, and gives the mask of the classes. */
  static Value chosen(Values x) {
    requireRows(x);
    Shape outputs = x.get(0).shape();
    InputTypes types = x.types();
    types.require(outputs.dim(-1).isFixed(), "the number of classes is not known");
    types.require(
        outputs.slice(0, outputs.rank() - 1).equals(x.get(1).shape()),
        "there is one class index per row, of shape " + outputs.slice(0, outputs.rank() - 1));
    return oneHot(x.get(0), x.get(1), DType.BOOL);
  }

  /** The classes as rows with one 1. */
  static Value oneHot(Value outputs, Value classes, DType dtype) {
    return classes.op(
        "one_hot", Map.of("depth", outputs.shape().dim(-1).size(), "dtype", dtype.text()));
  }

  /** {@code t ln a}, 0 where both are 0. */
  static Value xLogY(Value t, Value a) {
    Value zero = t.constant(0);
    Value none = t.equal(zero).and(a.equal(zero));
    return t.times(none.where(t.constant(1), a).log());
  }

  /** {@code t ln(1 − a)}, 0 where t is 0 and a is 1. */
  static Value xLogOneMinusY(Value t, Value a) {
    Value zero = t.constant(0);
    Value none = t.equal(zero).and(a.equal(a.constant(1)));
    return t.times(none.where(zero, a).negate().log1p());
  }

  /** {@code −[t ln a + (1 − t) ln(1 − a)]}. */
  static Value binaryCrossEntropy(Values x) {
    requireSameShape(x);
    Value a = x.get(0);
    Value t = x.get(1);
    return xLogY(t, a).plus(xLogOneMinusY(t.oneMinus(), a)).negate();
  }
}
