package io.deltagraph.building;

import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.registry.OpRegistry;

/** A handful of ops for tests of the engine, which cannot see the real ones. */
public final class TestOps {
  private TestOps() {}

  /** A registry of the ops in this file. */
  public static OpRegistry registry() {
    return OpRegistry.of(new Add(), new Hadamard(), new Scale(), new Pair(), new Twice());
  }

  /** {@code x + y}. */
  public static final class Add implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("add");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).plus(x.get(1));
    }
  }

  /** {@code x ⊙ y}. */
  public static final class Hadamard implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("hadamard");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).times(x.get(1));
    }
  }

  /** {@code k x}. */
  public static final class Scale implements Pointwise<Scale.Factor> {
    /** The factor. */
    public record Factor(double k) {}

    @Override
    public OpId id() {
      return OpId.of("scale");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Schema<Factor> schema() {
      return Schema.of(Factor::new, OpAttribute.number("k", Factor::k).orElse(2.0));
    }

    @Override
    public Lane forward(Factor factor, Lanes x) {
      return x.get(0).times(factor.k());
    }
  }

  /** {@code x yᵀ} summed over nothing: an outer product. */
  public static final class Pair implements Contraction<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("pair");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("left", "right");
    }

    @Override
    public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
      return Subscripts.parse("ij,jk->ik");
    }
  }

  /** {@code x + x}, as an expression. */
  public static final class Twice implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("twice");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return x.get(0).plus(x.get(0));
    }
  }
}
