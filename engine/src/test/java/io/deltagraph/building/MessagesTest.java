package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.io.Resources;
import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.RawKernel;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.graph.View;
import io.deltagraph.plan.Planner;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message of the engine, provoked for real and compared with {@code messages.txt}. */
class MessagesTest {
  @TempDir Path folder;

  private final StringBuilder text = new StringBuilder();
  private final GraphBuilder builder = new GraphBuilder(TestOps.registry());
  private final Input x = builder.input("x", TensorType.of(DType.F64, 4, 3));
  private final GraphParameter b = builder.parameter("layer1.bias", TensorType.of(DType.F64, 1, 2));

  /** A kernel put together for one message. */
  private record Made(
      String name,
      Function<InputTypes, TensorType> shape,
      Kernel.Loops loops,
      Function<Adjoint<NoAttributes>, List<Cotangent>> rule)
      implements Kernel<NoAttributes> {

    /** A kernel that copies. */
    static Made copy(String name) {
      return new Made(name, types -> types.get(0), Made::copy, at -> at.flow(at.gradient()));
    }

    private static void copy(List<TensorReader> inputs, TensorWriter output) {
      for (int i = 0; i < output.length(); i++) {
        output.set(i, inputs.get(0).get(i));
      }
    }

    Made shape(Function<InputTypes, TensorType> other) {
      return new Made(name, other, loops, rule);
    }

    Made loops(Kernel.Loops other) {
      return new Made(name, shape, other, rule);
    }

    Made rule(Function<Adjoint<NoAttributes>, List<Cotangent>> other) {
      return new Made(name, shape, loops, other);
    }

    Value of(Value input) {
      return input.builder().apply(this, NoAttributes.NONE, List.of(input));
    }

    @Override
    public OpId id() {
      return OpId.of(name);
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("values");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return shape.apply(inputs);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      loops.run(inputs, output);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return rule.apply(at);
    }
  }

  /** An expression put together for one message. */
  private record Expression(Function<Values, Value> body) implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:expression");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values inputs) {
      return body.apply(inputs);
    }

    Value of(Value input) {
      return input.builder().apply(this, NoAttributes.NONE, List.of(input));
    }
  }

  /** An op that needs whole numbers, a mask and any number of values. */
  private record Picky() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:picky");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.all(OpSignature.Accepts.INTEGER, "indices")
          .and("mask", OpSignature.Accepts.MASK)
          .and("values", OpSignature.Accepts.SAME)
          .repeating();
    }

    @Override
    public Lane forward(NoAttributes none, Lanes inputs) {
      return inputs.get(2);
    }
  }

  private void message(String title, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown)
        .as(title)
        .isInstanceOfAny(GraphException.class, IllegalArgumentException.class);
    text.append("== ").append(title).append('\n').append(thrown.getMessage()).append("\n\n");
  }

  /** Line numbers, and what jar or folder the tests come from, are none of the golden file's. */
  private String normal() {
    String provider =
        TestOps.registry().entries().values().iterator().next().provenance().provider();
    return text.toString()
        .replaceAll("\\.java:\\d+", ".java:N")
        .replace("(" + provider + ")", "(acme-ops 1.2)")
        .replaceAll("\\bjunit-?\\d+ \\(", "acme-ops 1.2 (")
        .replaceAll("(?m)(^| )" + Pattern.quote(provider) + " \\(", "$1acme-ops 1.2 (");
  }

  @Test
  void everyMessageReadsAsInTheGoldenFile() throws IOException {
    naming();
    looking();
    building();
    breaking();
    several();
    differentiating();
    planning();
    running();
    providing();
    assertThat(normal()).doesNotContainPattern("[^.]\\.\\.(\\s|$)");
    assertThat(normal())
        .isEqualTo(
            Resources.toString(
                Resources.getResource(MessagesTest.class, "messages.txt"), StandardCharsets.UTF_8));
  }

  private void naming() {
    message("a class's name for an op's", () -> OpId.of("SoftPlus"));
    message("a name with a space", () -> x.op("acme:gated swish"));
    message("a name that is like none", () -> OpId.of("+"));
    message("a size too large for an array", () -> Shape.parse("[N, 9999999999]"));
    message("a shape without brackets", () -> Shape.parse("N, 3"));
  }

  private void looking() throws IOException {
    message("an op's name mistyped", () -> x.op("hadamrad"));
    message("an op that nobody provides", () -> x.op("acme:swish"));
    message("an op that only somebody else provides", () -> x.op("acme:hadamard"));
    message("no ops at all", () -> OpRegistry.of().op(OpId.of("add")));
    OpRegistry broken = OpRegistry.load(loader("no.such.Gelu", Static.class.getName()));
    message("an op whose provider failed to load", () -> broken.op(OpId.of("acme:gelu")));
  }

  private void building() {
    Value f32 = builder.input("single", TensorType.of(DType.F32, 4, 3));
    Value mask = builder.input("mask", TensorType.of(DType.BOOL, 4, 3));
    message("shapes that do not fit", () -> x.plus(x).op("pair", b));
    message("shapes that do not broadcast", () -> x.plus(b));
    message("too few inputs", () -> x.op("add"));
    message("too many inputs", () -> x.op("scale", b));
    message("two dtypes", () -> x.plus(f32));
    message("a mask where numbers are needed", () -> mask.op("scale"));
    Picky picky = new Picky();
    message("numbers where indices are needed", () -> picky(picky, x, mask, x));
    message("no inputs", () -> picky(picky));
    message("an unknown attribute", () -> x.op("scale", Map.of("factor", 2)));
    message("an attribute of the wrong kind", () -> x.op("scale", Map.of("k", "two")));
    message("attributes of another op", () -> x.op("scale", new NoAttributes()));
    message("a name given twice", () -> builder.input("x", TensorType.scalar(DType.F64)));
    Value stranger = new GraphBuilder(TestOps.registry()).input("s", x.type());
    message("two builders", () -> x.plus(stranger));
    message("a graph of two builders", () -> builder.graph(Map.of("x", x, "s", stranger)));
    TensorType batch = new TensorType(DType.F64, Shape.batch("N", 3));
    message("a parameter of unknown size", () -> builder.parameter("w", batch));
    message("an update of another type", () -> builder.graph(Map.of(), Map.of(b, x)));
    Graph graph = builder.graph(Map.of("loss", x));
    message("an output that is not there", () -> graph.output("los"));
  }

  private void picky(Picky picky, Value... inputs) {
    builder.apply(picky, NoAttributes.NONE, List.of(inputs));
  }

  private void breaking() {
    Made bad = Made.copy("acme:bad");
    Value f64 = builder.input("other", x.type());
    message(
        "a shape rule that refuses",
        () -> bad.shape(types -> wrong(types.refuse("it is too small"))).of(x));
    message("a shape rule that throws", () -> bad.shape(types -> nothing()).of(x));
    message("a shape rule beyond the rank", () -> bad.shape(MessagesTest::fifth).of(x));
    message("a shape rule that fails to parse", () -> bad.shape(MessagesTest::parsed).of(x));
    Value batch = builder.input("batch", new TensorType(DType.F64, Shape.batch("N", 3)));
    message("a shape rule that wants a size", () -> bad.shape(MessagesTest::halved).of(batch));
    message("an expression of itself", () -> new Expression(this::endless).of(x));
    message("an expression that reads more", () -> new Expression(v -> v.get(0).plus(f64)).of(x));
    Value twice = bad.rule(at -> List.of()).of(x);
    message("too few cotangents", () -> pulled(twice));
    Value misfit = bad.rule(at -> at.flow(at.gradient().op("pair", misshapen()))).of(x);
    message("a cotangent that does not fit", () -> pulled(misfit));
    Value derived = bad.rule(Adjoint::derived).of(x);
    message("a kernel without a rule", () -> pulled(derived));
    Value thrown = bad.loops((inputs, output) -> output.set(99, 1)).of(x);
    message(
        "a kernel that throws", () -> Evaluate.value(thrown, Map.of("x", Tensor.zeros(x.type()))));
  }

  /** In a builder of its own. */
  private void several() {
    Value own = new GraphBuilder(TestOps.registry()).input("x", x.type());
    SeveralOps.Made good = SeveralOps.Made.GOOD;
    message(
        "several outputs where one value is meant",
        () -> own.builder().apply(good, NoAttributes.NONE, List.of(own)));
    message("an output that an op does not have", () -> good.of(own).part("ordre"));
    message("an output beyond the last", () -> good.of(own).part(2));
    message("an output of an op of one", () -> own.tuple("scale").part("values"));
    message("fewer types than outputs", () -> good.types(t -> t.all().subList(0, 1)).of(own));
    message("more values than outputs", () -> several(new SeveralOps.Body(3), own));
    message("several outputs of a kind that has one", () -> several(new SeveralOps.Loop(), own));
    rule("the gradient of an op of several", own, at -> at.flow(at.gradient()));
    rule("the output of an op of several", own, at -> at.flow(at.output()));
    rule("the gradient of an index", own, at -> at.flow(at.gradient(1)));
    rule("the gradient of an output that is not there", own, at -> at.flow(at.gradient(2)));
    List<Value> one = List.of(own);
    message("one cotangent for two outputs", () -> Gradient.pullback(List.of(own, own), one, one));
  }

  private static Tuple several(Op<NoAttributes> op, Value input) {
    return input.builder().tuple(op, NoAttributes.NONE, List.of(input));
  }

  private void rule(
      String title, Value input, Function<Adjoint<NoAttributes>, List<Cotangent>> rule) {
    Value values = SeveralOps.Made.GOOD.rule(rule).of(input).part("values");
    message(title, () -> Gradient.pullback(values, input, List.of(input)));
  }

  private Value misshapen() {
    return builder.constant(Tensor.zeros(TensorType.of(DType.F64, 3, 5)));
  }

  private Value endless(Values v) {
    return new Expression(this::endless).of(v.get(0));
  }

  private static TensorType wrong(RuntimeException refusal) {
    throw refusal;
  }

  private static TensorType fifth(InputTypes types) {
    return types.get(0).with(Shape.of(types.get(0).shape().dim(4)));
  }

  private static TensorType parsed(InputTypes types) {
    return types.get(0).with(Shape.of(Integer.parseInt("four")));
  }

  private static TensorType halved(InputTypes types) {
    return types.get(0).with(Shape.of(types.get(0).shape().dim(0).size() / 2));
  }

  private static TensorType nothing() {
    throw new NullPointerException("the table of sizes");
  }

  private Gradient pulled(Value value) {
    return Gradient.pullback(value, builder.constant(Tensor.zeros(value.type())), List.of(x));
  }

  private void differentiating() {
    message("the gradient of a matrix", () -> Gradient.of(x, List.of(x)));
    Value whole = builder.input("count", TensorType.scalar(DType.I32));
    message("the gradient of a whole number", () -> Gradient.of(whole, List.of(x)));
    Value scalar = builder.input("scalar", TensorType.scalar(DType.F64));
    message("the gradient by a whole number", () -> Gradient.of(scalar, List.of(whole)));
    Value stranger = new GraphBuilder(TestOps.registry()).input("s", x.type());
    message("the gradient by a stranger", () -> Gradient.of(scalar, List.of(stranger)));
    Gradient gradient = Gradient.of(scalar, List.of(scalar));
    message("a gradient not asked for", () -> gradient.wrt(x));
    message("a cotangent of another type", () -> Gradient.pullback(x, b, List.of(x)));
    message("a tangent of another type", () -> Derivatives.jvp(x, x, b));
    Value batch = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 3)));
    message("a Jacobian of unknown size", () -> Derivatives.jacobian(batch, batch));
    Made sort = Made.copy("acme:sort");
    Value missing = sort.rule(at -> List.of(Cotangent.missing("nobody has written it"))).of(x);
    message("an op without a gradient", () -> pulled(missing));
    Value raw = sort.rule(MessagesTest::rawRule).of(x);
    message("forward mode through a raw rule", () -> Derivatives.jvp(raw, x, x));
    Value bent = sort.rule(at -> at.flow(at.gradient().times(at.gradient()))).of(x);
    message("forward mode through a rule that is not linear", () -> Derivatives.jvp(bent, x, x));
    RawKernel kernel = new RawKernel(OpId.of("acme:sort.backward"), 1, Made::copy);
    message("a raw rule in a file", kernel::schema);
  }

  private static List<Cotangent> rawRule(Adjoint<NoAttributes> at) {
    return at.flow(at.raw("acme:sort.backward", at.gradient().type(), Made::copy, at.gradient()));
  }

  private void planning() {
    Shape wide = Shape.of(Dim.named("M"), Dim.of(3));
    Value free = Made.copy("acme:wide").shape(types -> types.get(0).with(wide)).of(x);
    message("a dimension without a size", () -> plan(free, Map.of()));
    Value huge =
        Made.copy("acme:huge")
            .shape(types -> types.get(0).with(Shape.of(Dim.named("N"), Dim.of(1_000_000))))
            .of(x);
    message("a value that no array holds", () -> plan(huge, Map.of("N", 1_000_000)));
  }

  private void plan(Value value, Map<String, Integer> sizes) {
    Planner.plan(builder.graph(Map.of("y", value)), sizes);
  }

  private void running() {
    Input left = builder.input("features", new TensorType(DType.F64, Shape.batch("N", 3)));
    Input right = builder.input("targets", new TensorType(DType.F64, Shape.batch("N", 3)));
    GraphParameter w = builder.parameter("weights", TensorType.of(DType.F64, 3));
    Value out = left.plus(right).plus(w);
    try (Session session = Session.open(builder.graph(Map.of("out", out)))) {
      Tensor good = Tensor.zeros(TensorType.of(DType.F64, 4, 3));
      Map<String, Tensor> both = Map.of("features", good, "targets", good);
      message("a parameter without a value", () -> session.run(both));
      message("reading a parameter without a value", () -> session.get("weights"));
      message("an unknown parameter", () -> session.set("weight", good));
      message("a parameter of another type", () -> session.set("weights", good));
      session.set("weights", Tensor.vector(1, 2, 3));
      message("a missing input", () -> session.run(Map.of("features", good)));
      message("an unknown input", () -> run(session, "featurs", good, good));
      message("another dtype", () -> run(session, "features", good.cast(DType.F32), good));
      message("another rank", () -> run(session, "features", Tensor.vector(1, 2, 3), good));
      Tensor narrow = Tensor.zeros(TensorType.of(DType.F64, 4, 2));
      message("another size", () -> run(session, "features", narrow, good));
      Tensor longer = Tensor.zeros(TensorType.of(DType.F64, 5, 3));
      message("two sizes of one dimension", () -> run(session, "features", longer, good));
      message("something to compute that nobody fed", () -> Evaluate.value(out, Map.of()));
      message("a feed that nobody knows", () -> Evaluate.value(x, Map.of("y", good)));
    }
    Value picked = Made.copy("acme:pick").loops((inputs, output) -> outside()).of(x);
    message(
        "numbers that an op refuses",
        () -> Evaluate.value(picked, Map.of("x", Tensor.zeros(x.type()))));
    Value doubled = x.op("scale", Map.of("k", 1e308)).named("doubled");
    Graph graph = builder.graph(Map.of("doubled", doubled));
    try (Session session = Session.open(graph)) {
      Tensor big = Tensor.filled(x.type(), 10);
      Tensor spoilt = Tensor.generate(x.type(), i -> i == 7 ? Double.NaN : 1);
      for (Tensor tensor : List.of(big, spoilt)) {
        String report = session.firstNonFinite(Map.of("x", tensor)).orElseThrow().toString();
        text.append("== a number that is not finite\n").append(report).append("\n\n");
      }
    }
  }

  private static void outside() {
    throw new GraphException.BadInput("The index 7 lies outside an axis of 3.");
  }

  private static void run(Session session, String name, Tensor features, Tensor targets) {
    session.run(Map.of(name, features, "targets", targets));
  }

  private void providing() {
    message("one name twice", () -> TestOps.registry().with(new TestOps.Add()));
    message(
        "an override that changes the name",
        () -> TestOps.registry().replacing("add", new TestOps.Hadamard()));
    message("an op of two kinds", () -> OpRegistry.of(new Both()));
  }

  private ClassLoader loader(String... providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(Op.class.getName()), Stream.of(providers).toList());
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  /** A provider whose class cannot be initialised. */
  public static final class Static implements View<NoAttributes> {
    private static final int SIZE = Integer.parseInt("boom");

    @Override
    public OpId id() {
      return OpId.of("acme:static");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(SIZE);
    }
  }

  /** An op of two kinds. */
  private record Both() implements View<NoAttributes>, Kernel<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("acme:both");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(input.shape().sizes());
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {}

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.derived();
    }
  }
}
