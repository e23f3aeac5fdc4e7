package io.deltagraph.building;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Ops of several outputs, for tests of the engine. */
public final class SeveralOps {
  private SeveralOps() {}

  /** A registry of these and of {@link TestOps}. */
  public static OpRegistry registry() {
    return TestOps.registry().with(new Pair()).with(new Powers()).with(new Exchange());
  }

  /** {@code x + y}, {@code x y}, and the sign of x as i32; a kernel. */
  public static final class Pair implements Kernel.Several<NoAttributes> {
    private static final List<List<Boolean>> ASKED = new ArrayList<>();

    /** Which outputs were reached, for each time that a rule was asked since the last call. */
    static List<List<Boolean>> asked() {
      List<List<Boolean>> asked = List.copyOf(ASKED);
      ASKED.clear();
      return asked;
    }

    @Override
    public OpId id() {
      return OpId.of("acme:pair");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y").giving("sum", "product", "sign");
    }

    @Override
    public List<TensorType> inferAll(NoAttributes none, InputTypes inputs) {
      TensorType type = inputs.get(0).with(inputs.broadcast());
      return List.of(type, type, type.with(DType.I32));
    }

    @Override
    public void forwardAll(
        NoAttributes none, List<TensorReader> inputs, List<TensorWriter> outputs) {
      for (int i = 0; i < outputs.getFirst().length(); i++) {
        double x = inputs.get(0).get(i);
        double y = inputs.get(1).get(i);
        outputs.get(0).set(i, x + y);
        outputs.get(1).set(i, x * y);
        outputs.get(2).set(i, Math.signum(x));
      }
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      ASKED.add(IntStream.range(0, 3).mapToObj(at::reached).toList());
      Value sum = at.gradient(0);
      Value product = at.gradient(1);
      return at.flow(
          sum.plus(product.op("hadamard", at.input(1))),
          sum.plus(product.op("hadamard", at.input(0))));
    }
  }

  /** {@code x²} and {@code x³}; an expression. */
  public static final class Powers implements Composite.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:powers");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").giving("square", "cube");
    }

    @Override
    public List<Value> forwardAll(NoAttributes none, Values x) {
      Value square = x.get(0).op("hadamard", x.get(0));
      return List.of(square, square.op("hadamard", x.get(0)));
    }
  }

  /** {@code y} and {@code x}: an expression that is nothing but its inputs. */
  public static final class Exchange implements Composite.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:exchange");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y").giving("first", "second");
    }

    @Override
    public List<Value> forwardAll(NoAttributes none, Values x) {
      return List.of(x.get(1), x.get(0));
    }
  }

  /** Whole numbers as f64. */
  record Widen() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:widen");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.all(OpSignature.Accepts.INTEGER, "x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).cast(DType.F64);
    }
  }

  /** A kernel of two outputs put together for one message. */
  record Made(
      Function<InputTypes, List<TensorType>> types,
      Function<Adjoint<NoAttributes>, List<Cotangent>> rule)
      implements Kernel.Several<NoAttributes> {
    /** One that is right. */
    static final Made GOOD =
        new Made(
            types -> List.of(types.get(0), types.get(0).with(DType.I32)),
            at -> at.flow(at.gradient(0)));

    Made types(Function<InputTypes, List<TensorType>> other) {
      return new Made(other, rule);
    }

    Made rule(Function<Adjoint<NoAttributes>, List<Cotangent>> other) {
      return new Made(types, other);
    }

    Tuple of(Value x) {
      return x.builder().tuple(this, NoAttributes.NONE, List.of(x));
    }

    @Override
    public OpId id() {
      return OpId.of("acme:made");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").giving("values", "order");
    }

    @Override
    public List<TensorType> inferAll(NoAttributes none, InputTypes inputs) {
      return types.apply(inputs);
    }

    @Override
    public void forwardAll(
        NoAttributes none, List<TensorReader> inputs, List<TensorWriter> outputs) {
      throw new IllegalStateException("made for its messages alone");
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  /** An expression of so many values that says it had two. */
  record Body(int values) implements Composite.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:body");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").giving("first", "second");
    }

    @Override
    public List<Value> forwardAll(NoAttributes none, Values x) {
      return IntStream.range(0, values).mapToObj(i -> x.get(0)).toList();
    }
  }

  /** A pointwise op that says it had two outputs. */
  record Loop() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:loop");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x").giving("first", "second");
    }

    @Override
    public List<TensorType> inferAll(NoAttributes none, InputTypes inputs) {
      return List.of(inputs.get(0), inputs.get(0));
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0);
    }
  }
}
