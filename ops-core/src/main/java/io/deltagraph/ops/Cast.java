package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import java.util.List;

/**
 * {@code y = x as dtype}: single precision rounds to nearest, integers truncate toward zero and
 * saturate (NaN becomes 0), a mask holds where x is not 0 and gives 1 and 0.
 */
public final class Cast implements Pointwise<Cast.To> {

  /** The element type of the output. */
  public record To(DType dtype) {}

  /** The op applied. */
  public static Value of(Value x, DType dtype) {
    return x.op("cast", new To(dtype));
  }

  @Override
  public OpId id() {
    return OpId.of("cast");
  }

  @Override
  public List<String> synonyms() {
    return List.of("to", "astype");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.ANY, "x");
  }

  @Override
  public Schema<To> schema() {
    return Schema.of(To::new, OpAttribute.dtype("dtype", To::dtype));
  }

  @Override
  public Lane forward(To to, Lanes x) {
    return x.get(0).cast(to.dtype());
  }

  /** {@code dx = g as the dtype of x} between float types; else zero. */
  @Override
  public List<Cotangent> backward(Adjoint<To> at) {
    Value x = at.input(0);
    if (!x.dtype().isFloat()) {
      return List.of(Cotangent.zero());
    }
    return at.attributes().dtype().isFloat()
        ? at.flow(at.gradient().cast(x.dtype()))
        : at.flat("a cast to " + at.attributes().dtype() + " changes in jumps only");
  }

  @Override
  public Notation notation() {
    return Notation.template(
        "{dtype}({*})", "\\operatorname{{dtype}}\\left({*}\\right)", Notation.Binding.ATOM);
  }
}
