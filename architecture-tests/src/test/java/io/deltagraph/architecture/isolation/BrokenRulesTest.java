package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that load, and then break their contract: each is named, and all else works. */
class BrokenRulesTest {
  private static final String WHO = "The op 'acme:broken' breaks its contract: ";

  @TempDir private Path folder;
  private OpRegistry registry = OpRegistry.of();

  private static final String INFER =
      "public TensorType infer(NoAttributes none, InputTypes inputs) { return inputs.get(0); }";
  private static final String FORWARD =
      "public void forward(NoAttributes none, List<TensorReader> in, TensorWriter out)"
          + " { for (int i = 0; i < out.length(); i++) { out.set(i, in.get(0).get(i)); } }";
  private static final String BACKWARD =
      "public List<Cotangent> backward(Adjoint<NoAttributes> at) { return at.flow(at.gradient()); }";

  /** Loads an op of that kind beside one that works, and applies it. */
  private Value broken(String kind, String... methods) throws IOException {
    String body =
        """
        public final class Broken implements %s<NoAttributes> {
          public OpId id() { return OpId.of("acme:broken"); }
          public OpSignature signature() { return OpSignature.of("x"); }
          %s
        }
        """
            .formatted(kind, String.join("\n", methods));
    Path jar = new PluginJar(folder, "acme-ops").op("com.acme.Broken", body).write();
    Path good = new PluginJar(folder, "good-ops").good("org.good.Twice", "good:twice").write();
    registry = OpRegistry.load(List.of(jar, good), any -> true);
    assertThat(registry.failures()).isEmpty();
    return new GraphBuilder(registry).input("x", TensorType.of(DType.F64, 2)).op("acme:broken");
  }

  private static void run(Value value) {
    Evaluate.value(value, Map.of("x", Tensor.vector(1, 2)));
  }

  private static Value gradient(Value y) {
    Value x = y.builder().named("x").orElseThrow();
    return Gradient.of(y.sum(), List.of(x)).wrt(x);
  }

  @AfterEach
  void theRestWorks() {
    BadJarsTest.assertTheRestWorks(registry);
  }

  private static void assertBroken(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String what) {
    assertThatThrownBy(action)
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageStartingWith(WHO + what)
        .hasMessageContaining("\n  built   BrokenRulesTest.java:")
        .hasMessageContaining(
            "\n  op      acme:broken  acme-ops 1.2 (com.acme.Broken in acme-ops.jar)");
  }

  @Test
  void aRightOpIsNotCalledBroken() throws IOException {
    Value y = broken("Kernel", INFER, FORWARD, BACKWARD);
    assertThatThrownBy(() -> assertBroken(() -> run(y), "forward"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertBroken(() -> run(gradient(y)), "backward"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void inferReturnsNull() {
    assertBroken(
        () -> broken("Kernel", INFER.replace("inputs.get(0)", "null"), FORWARD, BACKWARD),
        "infer returned null");
  }

  @Test
  void inferThrows() {
    assertBroken(
        () -> broken("Kernel", INFER.replace("return", "inputs.get(3); return"), FORWARD, BACKWARD),
        "infer throws java.lang.IndexOutOfBoundsException: index (3) must be less than size (1).\n  built   BrokenRulesTest.java:");
  }

  @Test
  void aLaneIsNull() {
    assertBroken(
        () ->
            broken("Pointwise", "public Lane forward(NoAttributes none, Lanes x) { return null; }"),
        "infer throws java.lang.NullPointerException: Cannot invoke \"io.deltagraph.graph.Lane.dtype()\" because the return value of \"io.deltagraph.graph.Pointwise.forward(");
  }

  @Test
  void aCompositeIsNull() {
    assertBroken(
        () ->
            broken(
                "Composite", "public Value forward(NoAttributes none, Values x) { return null; }"),
        "forward returned null");
  }

  @Test
  void aCompositeThrows() {
    assertBroken(
        () ->
            broken(
                "Composite",
                "public Value forward(NoAttributes none, Values x) { throw new ArithmeticException(\"boom\"); }"),
        "forward throws java.lang.ArithmeticException: boom.\n  built   BrokenRulesTest.java:");
  }

  @Test
  void theKernelWritesMoreThanInferSays() throws IOException {
    Value y = broken("Kernel", INFER, FORWARD.replace("i < out", "i <= out"), BACKWARD);
    assertBroken(
        () -> run(y),
        "forward throws java.lang.IndexOutOfBoundsException: Index 2 out of bounds for length 2.\n  built   BrokenRulesTest.java:");
  }

  @Test
  void theLaneHasAnotherTypeThanInferSays() throws IOException {
    Value y =
        broken(
            "Pointwise",
            "public Lane forward(NoAttributes none, Lanes x) { return x.get(0); }",
            INFER.replace("inputs.get(0)", "TensorType.of(DType.F32, 2)"));
    assertBroken(
        () -> run(y),
        "infer gives f32[2], but what it computes is f64[2].\n  built   BrokenRulesTest.java:");
  }

  @Test
  void theLaneHasAnotherShapeThanInferSays() throws IOException {
    Value y =
        broken(
            "Pointwise",
            "public Lane forward(NoAttributes none, Lanes x) { return x.get(0); }",
            INFER.replace("inputs.get(0)", "TensorType.of(DType.F64, 3)"));
    assertBroken(() -> run(y), "infer gives f64[3], but what it computes is f64[2].");
  }

  @Test
  void aViewShowsWhatIsNotThere() throws IOException {
    Value y =
        broken(
            "View",
            INFER,
            "public IndexMap map(NoAttributes n, TensorType in, TensorType out) { return IndexMap.of(1, 1); }");
    assertBroken(() -> run(y), "its index map shows the elements 1 to 2 of an input with 2.");
  }

  @Test
  void theKernelTriesToChangeItsInput() throws IOException {
    Value y =
        broken(
            "Kernel",
            INFER,
            FORWARD.replace("{ for", "{ ((TensorWriter) in.get(0)).set(0, 7); for"),
            BACKWARD);
    assertBroken(() -> run(y), "forward throws java.lang.ClassCastException: ");
  }

  @Test
  void backwardReturnsNull() throws IOException {
    Value y = broken("Kernel", INFER, FORWARD, BACKWARD.replace("at.flow(at.gradient())", "null"));
    assertBroken(
        () -> gradient(y),
        "backward gives one cotangent per input, here 1, got null.\n  built   BrokenRulesTest.java:");
  }

  @Test
  void backwardHasANullInside() throws IOException {
    Value y =
        broken(
            "Kernel",
            INFER,
            FORWARD,
            BACKWARD.replace("at.flow(at.gradient())", "Collections.singletonList(null)"));
    assertBroken(
        () -> gradient(y), "backward gives one cotangent per input, here 1, got null among them.");
  }

  @Test
  void backwardHasTooMany() throws IOException {
    Value y =
        broken(
            "Kernel",
            INFER,
            FORWARD,
            BACKWARD.replace("at.gradient()", "at.gradient(), at.gradient()"));
    assertBroken(() -> gradient(y), "backward gives one cotangent per input, here 1, got 2.");
  }

  @Test
  void backwardThrows() throws IOException {
    Value y =
        broken(
            "Kernel",
            INFER,
            FORWARD,
            BACKWARD.replace(
                "return", "if (true) throw new IllegalStateException(\"boom\"); return"));
    assertBroken(
        () -> gradient(y),
        "backward throws java.lang.IllegalStateException: boom.\n  built   BrokenRulesTest.java:");
  }

  @Test
  void aCotangentHasAnotherDtype() throws IOException {
    Value y =
        broken(
            "Kernel",
            INFER,
            FORWARD,
            BACKWARD.replace(
                "at.gradient()",
                "at.gradient().builder().constant(Tensor.zeros(TensorType.of(DType.F32, 2)))"));
    assertBroken(
        () -> gradient(y),
        "its cotangent for input 0 has the type f32[2], which does not fit the input's f64[2].");
  }

  @Test
  void whoMakesTheFirstNaNIsNamed() throws IOException {
    Value y = broken("Kernel", INFER, FORWARD.replace("in.get(0).get(i)", "Double.NaN"), BACKWARD);
    Value out = y.op("good:twice");
    try (Session session = Session.open(out.builder().graph(ImmutableMap.of("y", out)))) {
      assertThat(session.firstNonFinite(Map.of("x", Tensor.vector(1, 2))).orElseThrow().toString())
          .contains(
              "is NaN, made by acme:broken from finite inputs.\n  built   BrokenRulesTest.java:")
          .endsWith(
              "\n  op      acme:broken  acme-ops 1.2 (com.acme.Broken in acme-ops.jar)"
                  + "\n  input   x: f64[2]  from 1.0 to 2.0");
    }
  }
}
