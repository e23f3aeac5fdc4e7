package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.graph.View;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Small ops of every kind, made on the spot. */
final class TestOps {
  private TestOps() {}

  static GraphBuilder builder() {
    return new GraphBuilder(OpRegistry.of());
  }

  private static OpSignature any(int arity) {
    String[] names = new String[arity];
    for (int i = 0; i < arity; i++) {
      names[i] = "x" + i;
    }
    return OpSignature.all(OpSignature.Accepts.ANY, names);
  }

  record Loop(OpId id, int arity, Function<Lanes, Lane> lane) implements Pointwise<NoAttributes> {
    @Override
    public OpSignature signature() {
      return any(arity);
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return lane.apply(x);
    }
  }

  static Value loop(String name, Function<Lanes, Lane> lane, Value... inputs) {
    GraphBuilder builder = inputs[0].builder();
    Loop op = new Loop(OpId.of("test:" + name), inputs.length, lane);
    return builder.apply(op, NoAttributes.NONE, List.of(inputs));
  }

  static Value add(Value a, Value b) {
    return loop("add", x -> x.get(0).plus(x.get(1)), a, b);
  }

  static Value scale(Value a, double by) {
    return loop(
        "scale" + Double.toHexString(by).replaceAll("[^a-z0-9]", "_"), x -> x.get(0).times(by), a);
  }

  /** Sum, or any tuple fold given by its parts. */
  record Fold(
      OpId id,
      Reduction.Axes where,
      BiFunction<Lane, Lane, Lanes> prepare,
      Function<Lane, Lanes> identity,
      BiFunction<Lanes, Lanes, Lanes> combine,
      BiFunction<Lanes, Lane, Lane> finish)
      implements Reduction<NoAttributes> {
    @Override
    public OpSignature signature() {
      return any(1);
    }

    @Override
    public Axes axes(NoAttributes none) {
      return where;
    }

    @Override
    public Lanes prepare(NoAttributes none, Lane x, Lane index) {
      return prepare.apply(x, index);
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return identity.apply(like);
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return combine.apply(left, right);
    }

    @Override
    public Lane finish(NoAttributes none, Lanes total, Lane count) {
      return finish.apply(total, count);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("not needed here");
    }

    Value of(Value x) {
      return x.builder().apply(this, NoAttributes.NONE, List.of(x));
    }
  }

  static Reduction.Axes axes(boolean keepdims, Integer... axes) {
    return new Reduction.Axes(ImmutableList.copyOf(axes), keepdims);
  }

  static Fold sum(Reduction.Axes where) {
    return new Fold(
        OpId.of("test:sum" + where.hashCode() % 1000003 + "_".repeat(1) + "s"),
        where,
        (x, index) -> Lanes.of(x),
        like -> Lanes.of(like.constant(0)),
        (a, b) -> Lanes.of(a.get(0).plus(b.get(0))),
        (total, count) -> total.get(0));
  }

  record Product(OpId id, Subscripts written) implements Contraction<NoAttributes> {
    @Override
    public OpSignature signature() {
      return any(2);
    }

    @Override
    public Subscripts subscripts(NoAttributes none, InputTypes inputs) {
      return written;
    }
  }

  static Value product(String subscripts, Value a, Value b) {
    OpId id =
        OpId.of(
            "test:p_" + subscripts.replace(",", "_").replace("->", "_").toLowerCase(Locale.ROOT));
    return a.builder()
        .apply(new Product(id, Subscripts.parse(subscripts)), NoAttributes.NONE, List.of(a, b));
  }

  /** A view given by its map. */
  record Show(Shape shape, IndexMap map) {}

  record Window() implements View<Show> {
    @Override
    public OpId id() {
      return OpId.of("test:window");
    }

    @Override
    public OpSignature signature() {
      return any(1);
    }

    @Override
    public TensorType infer(Show show, InputTypes inputs) {
      return inputs.get(0).with(show.shape());
    }

    @Override
    public IndexMap map(Show show, TensorType input, TensorType output) {
      return show.map();
    }
  }

  static Value window(Value x, Shape shape, int offset, int... strides) {
    return x.builder()
        .apply(new Window(), new Show(shape, IndexMap.of(offset, strides)), List.of(x));
  }

  static Value transpose(Value x) {
    int[] sizes = x.shape().sizes();
    return window(x, Shape.of(sizes[1], sizes[0]), 0, 1, sizes[1]);
  }

  /** A kernel given by its loops. */
  record Loops(OpId id, int arity, TensorType type, Kernel.Loops loops)
      implements Kernel<NoAttributes> {
    @Override
    public OpSignature signature() {
      return any(arity);
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return type;
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      loops.run(inputs, output);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("not needed here");
    }
  }

  static Value kernel(String name, TensorType type, Kernel.Loops loops, Value... inputs) {
    Loops op = new Loops(OpId.of("test:" + name), inputs.length, type, loops);
    return inputs[0].builder().apply(op, NoAttributes.NONE, List.of(inputs));
  }

  /** A composite given by its body. */
  record Body(OpId id, int arity, Function<Values, Value> body) implements Composite<NoAttributes> {
    @Override
    public OpSignature signature() {
      return any(arity);
    }

    @Override
    public Value forward(NoAttributes none, Values x) {
      return body.apply(x);
    }
  }

  static Value composite(String name, Function<Values, Value> body, Value... inputs) {
    Body op = new Body(OpId.of("test:" + name), inputs.length, body);
    return inputs[0].builder().apply(op, NoAttributes.NONE, List.of(inputs));
  }

  /** A fold with several results, each finished as a fold of its own would be. */
  record Folds(List<Fold> each) implements Reduction.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:folds");
    }

    @Override
    public OpSignature signature() {
      return any(1).giving(numbered(each.size()));
    }

    @Override
    public Axes axes(NoAttributes none) {
      return each.getFirst().axes(none);
    }

    @Override
    public Lanes prepare(NoAttributes none, Lane x, Lane index) {
      return each.getFirst().prepare(none, x, index);
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return each.getFirst().identity(none, like);
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return each.getFirst().combine(none, left, right);
    }

    @Override
    public Lanes finishAll(NoAttributes none, Lanes total, Lane count) {
      return Lanes.of(
          each.stream().map(fold -> fold.finish(none, total, count)).toArray(Lane[]::new));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("not needed here");
    }

    List<Apply> of(Value x) {
      return x.builder().tuple(this, NoAttributes.NONE, List.of(x)).parts();
    }
  }

  private static String[] numbered(int outputs) {
    return IntStream.range(0, outputs).mapToObj(i -> "y" + i).toArray(String[]::new);
  }

  /** The sum and the mean of the elements, and the place of the largest as i64. */
  static Folds sums(boolean keepdims, Integer... axes) {
    List<BiFunction<Lanes, Lane, Lane>> finishes =
        List.of(
            (total, count) -> total.get(0),
            (total, count) -> total.get(0).over(count),
            (total, count) -> total.get(2));
    return new Folds(
        finishes.stream()
            .map(finish ->
                new Fold(
                    OpId.of("test:folds"),
                    axes(keepdims, axes),
                    (x, index) -> Lanes.of(x, x, index),
                    like ->
                        Lanes.of(
                            like.constant(0),
                            like.constant(Double.NEGATIVE_INFINITY),
                            Lane.constant(DType.I64, 0)),
                    TestOps::sumAndLargest,
                    finish))
            .toList());
  }

  private static Lanes sumAndLargest(Lanes a, Lanes b) {
    Lane same = a.get(1).equal(b.get(1));
    Lane left = a.get(1).greater(b.get(1));
    Lane place = left.select(a.get(2), b.get(2));
    return Lanes.of(
        a.get(0).plus(b.get(0)),
        left.select(a.get(1), b.get(1)),
        same.select(a.get(2).minimum(b.get(2)), place));
  }

  /** Each element doubled, and its successor; the last one's is the first. */
  record Twin() implements Kernel.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:twin");
    }

    @Override
    public OpSignature signature() {
      return any(1).giving(numbered(2));
    }

    @Override
    public List<TensorType> inferAll(NoAttributes none, InputTypes inputs) {
      return List.of(inputs.get(0), inputs.get(0));
    }

    @Override
    public void forwardAll(
        NoAttributes none, List<TensorReader> inputs, List<TensorWriter> outputs) {
      TensorReader x = inputs.getFirst();
      for (int i = 0; i < x.length(); i++) {
        outputs.get(0).set(i, 2 * x.get(i));
        outputs.get(1).set(i, x.get((i + 1) % x.length()));
      }
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("not needed here");
    }

    List<Apply> of(Value x) {
      return x.builder().tuple(this, NoAttributes.NONE, List.of(x)).parts();
    }
  }

  /** Difference and sum as an expression. */
  record Bodies() implements Composite.Several<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:bodies");
    }

    @Override
    public OpSignature signature() {
      return any(2).giving(numbered(2));
    }

    @Override
    public List<Value> forwardAll(NoAttributes none, Values x) {
      return List.of(add(x.get(0), scale(x.get(1), -1)), add(x.get(0), x.get(1)));
    }

    List<Apply> of(Value a, Value b) {
      return a.builder().tuple(this, NoAttributes.NONE, List.of(a, b)).parts();
    }
  }
}
