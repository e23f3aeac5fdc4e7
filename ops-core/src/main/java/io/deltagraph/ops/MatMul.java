package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.type.Dim;
import java.util.List;

/**
 * {@code Y = A B}, {@code Yᵢₖ = Σⱼ Aᵢⱼ Bⱼₖ}, over the last axis of A and the second last of B; the
 * axes before them are batch axes and broadcast. A vector on the left is a row and on the right a
 * column, and its axis is not in the output.
 */
public final class MatMul implements Contraction<NoAttributes> {
  private static final String BATCH = "abcdefgh";

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("matmul", right);
  }

  @Override
  public OpId id() {
    return OpId.of("matmul");
  }

  @Override
  public List<String> synonyms() {
    return List.of("mm", "dot", "bmm");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("left", "right");
  }

  @Override
  public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
    int left = inputs.get(0).rank();
    int right = inputs.get(1).rank();
    inputs.require(left > 0 && right > 0, "a scalar has no axis to sum over; use hadamard");
    Dim inner = inputs.get(0).shape().dim(-1);
    Dim other = inputs.get(1).shape().dim(Math.max(-2, -right));
    inputs.require(inner.equals(other), "the inner dimensions are " + inner + " and " + other);
    String rows = left > 1 ? "i" : "";
    String columns = right > 1 ? "k" : "";
    String before = BATCH.substring(BATCH.length() - Math.max(0, left - 2));
    String after = BATCH.substring(BATCH.length() - Math.max(0, right - 2));
    String batch = before.length() > after.length() ? before : after;
    return new Subscripts(before + rows + "j", after + "j" + columns, batch + rows + columns);
  }

  /** {@code dA = G Bᵀ, dB = Aᵀ G} for matrices. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value a = at.input(0);
    Value b = at.input(1);
    Value g = at.gradient();
    return a.type().rank() == 2 && b.type().rank() == 2
        ? at.flow(g.matmul(b.transpose()), a.transpose().matmul(g))
        : at.derived();
  }

  @Override
  public Notation notation() {
    return Notation.template("{0:p} · {1:p}", "{0:p} \\, {1:p}", Notation.Binding.PRODUCT);
  }
}
