package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.files.GraphJson;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.OptimizerStep;
import io.deltagraph.print.Printer;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An op with two outputs by a stranger's jar passes the contract, trains, is saved, loaded and
 * printed, and is refused clearly where only one is meant.
 */
class SeveralOutputsTest implements OpContract {
  private static final String POLAR =
      """
      public final class Polar implements Kernel.Several<NoAttributes> {
        @Override public OpId id() { return OpId.of("acme:polar"); }
        @Override public OpSignature signature() {
          return OpSignature.of("x", "y").giving("radius", "angle");
        }
        @Override public Domain domain() { return Domain.positive(); }
        @Override public List<TensorType> inferAll(NoAttributes none, InputTypes inputs) {
          inputs.require(inputs.get(0).equals(inputs.get(1)), "x and y differ");
          return List.of(inputs.get(0), inputs.get(0));
        }
        @Override public void forwardAll(
            NoAttributes none, List<TensorReader> in, List<TensorWriter> out) {
          for (int i = 0; i < out.get(0).length(); i++) {
            out.get(0).set(i, Math.hypot(in.get(0).get(i), in.get(1).get(i)));
            out.get(1).set(i, Math.atan2(in.get(1).get(i), in.get(0).get(i)));
          }
        }
        @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) {
          Value cos = at.input(0).over(at.output(0));
          Value sin = at.input(1).over(at.output(0));
          Value turn = at.gradient(1).over(at.output(0));
          return at.flow(
              at.gradient(0).times(cos).minus(turn.times(sin)),
              at.gradient(0).times(sin).plus(turn.times(cos)));
        }
      }
      """;

  /** Of one input, so that somebody may take it for an activation. */
  private static final String SIDES =
      """
      public final class Sides implements Composite.Several<NoAttributes> {
        @Override public OpId id() { return OpId.of("acme:sides"); }
        @Override public OpSignature signature() { return OpSignature.of("x").giving("left", "right"); }
        @Override public List<Value> forwardAll(NoAttributes none, Values x) {
          return List.of(x.get(0).minus(1), x.get(0).plus(1));
        }
      }
      """;

  private static final TensorType PAIR = TensorType.of(DType.F64, 2);

  @TempDir private static Path folder;

  private static Path jar = Path.of("");

  /** The jar in a layer of its own, as the command line loads it. */
  private static OpRegistry ops = OpRegistry.of();

  @BeforeAll
  static void writeTheJar() throws IOException {
    jar =
        new PluginJar(folder, "acme-ops")
            .op("com.acme.Polar", POLAR)
            .op("com.acme.Sides", SIDES)
            .write();
    ops = OpRegistry.load(List.of(jar), any -> true);
    assertThat(ops.failures()).isEmpty();
  }

  /** On the class path, as a plugin's own tests have it. */
  @Override
  public Op<?> op() {
    return registry().op(OpId.of("acme:polar"));
  }

  @Override
  public OpLookup registry() {
    try {
      URL[] urls = {jar.toUri().toURL()};
      return OpRegistry.load(new URLClassLoader(urls, getClass().getClassLoader()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<Case> refusals() {
    return List.of(Case.of("[2]", "[3]"));
  }

  private final GraphBuilder builder = new GraphBuilder(ops);
  private final GraphParameter x = builder.parameter("x", PAIR);
  private final GraphParameter y = builder.parameter("y", PAIR);
  private final Tuple polar = x.tuple("acme:polar", y);
  private final Value radius = polar.part("radius").named("r");
  private final Value angle = polar.part("angle");

  private static final Map<String, Tensor> START =
      Map.of("x", Tensor.vector(1, 1), "y", Tensor.vector(1, 0.5));

  /** Points at radius 2 and angles 1 and 0.25 are found from others, by both outputs at once. */
  @Test
  void trains() {
    Value wanted = builder.constant(Tensor.vector(1, 0.25));
    Value loss = radius.minus(2).square().plus(angle.minus(wanted).square()).sum();
    Gradient gradient = Gradient.of(loss, List.of(x, y));
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    gradients.put(x, gradient.wrt(x));
    gradients.put(y, gradient.wrt(y));
    OptimizerStep step = new Adam(0.05).step(gradients);
    try (Session session = Session.open(builder.graph(Map.of("loss", loss), step.updates()))) {
      session.setAll(START);
      step.initialState().forEach((state, tensor) -> session.set(state.label(), tensor));
      for (int i = 0; i < 600; i++) {
        session.run(Map.of());
      }
      assertThat(session.get("x").toDoubles())
          .containsExactly(new double[] {2 * Math.cos(1), 2 * Math.cos(0.25)}, within(1e-4));
      assertThat(session.get("y").toDoubles())
          .containsExactly(new double[] {2 * Math.sin(1), 2 * Math.sin(0.25)}, within(1e-4));
    }
  }

  private static Map<String, Tensor> run(Graph graph) {
    try (Session session = Session.open(graph)) {
      return session.setAll(START).run(Map.of());
    }
  }

  @Test
  void isSavedAndLoaded() throws IOException {
    Graph graph = builder.graph(ImmutableMap.of("r", radius, "product", radius.times(angle)));
    Path stem = folder.resolve("model");
    ModelFiles.save(stem, graph, START, Map.of());
    assertThat(Files.readString(folder.resolve("model.json")))
        .contains("\"version\": 2,")
        .contains("{\"op\": \"acme:polar\", \"output\": \"radius\", \"inputs\": [0, 1]")
        .contains("{\"op\": \"acme:polar\", \"output\": \"angle\", \"inputs\": [0, 1]");
    Map<String, Tensor> before = run(graph);
    assertThat(before.get("r").toDoubles())
        .containsExactly(new double[] {Math.sqrt(2), Math.sqrt(1.25)}, within(1e-15));
    Map<String, Tensor> after = run(ModelFiles.load(stem, ops).graph());
    assertThat(after.keySet()).containsExactly("r", "product");
    after.forEach((name, tensor) -> assertThat(tensor.bitEquals(before.get(name))).isTrue());
    assertThatThrownBy(() -> ModelFiles.load(stem, OpRegistry.load()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("No op named 'acme:polar'");
  }

  @Test
  void isPrinted() {
    Graph graph = builder.graph(Map.of("product", radius.times(angle).named("product")));
    assertThat(Printer.of(graph).text())
        .isEqualTo(
            """
            parameter x: f64[2]
            parameter y: f64[2]
            r: f64[2], %3: f64[2] = acme:polar(x, y)
            product: f64[2] = r ⊙ %3
            output product
            """);
    assertThat(Printer.of(graph).latex())
        .contains("\\left(r, v_{3}\\right) &= \\operatorname{acme:polar}\\left(x, y\\right)");
    assertThat(Printer.of(graph).dot())
        .contains("r = radius: f64[2]\\nangle: f64[2]")
        .contains("taillabel=\"angle\"");
  }

  @Test
  void isRefusedWhereOneValueIsMeant() {
    assertThatThrownBy(() -> x.op("acme:polar", y))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageStartingWith(
            "acme:polar has 2 outputs: radius, angle. One value is meant here.\n"
                + "  to do   apply it by 'tuple' and take one of them, as in"
                + " x.tuple(\"acme:polar\").part(\"radius\")\n"
                + "  built   SeveralOutputsTest.java:")
        .hasMessageEndingWith(
            "\n  op      acme:polar  acme-ops 1.2 (com.acme.Polar in acme-ops.jar)");
    assertThatThrownBy(() -> polar.part("phase"))
        .hasMessageStartingWith(
            "acme:polar has no output named 'phase'; it has 2 outputs: radius, angle.");
  }

  @Test
  void isRefusedAsAnActivation() {
    LayerPlan layer = new LayerPlan(1, OpChoice.of("acme:sides"), new Initialiser.Glorot());
    NetworkPlan plan =
        new NetworkPlan(
            1, ImmutableList.of(layer), false, OpChoice.of("mean_squared_error"), 0, 0, DType.F64);
    assertThatThrownBy(() -> Network.build(plan, ops, Seeds.of(1)))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageStartingWith("acme:sides has 2 outputs: left, right. One value is meant here.");
  }

  @Test
  void isRefusedInAFileThatNamesNoOutput() throws IOException {
    String json = GraphJson.write(builder.graph(Map.of("angle", angle)));
    assertThat(((Apply) GraphJson.read(json, ops).output("angle")).index()).isEqualTo(1);
    String silent = json.replace(", \"output\": \"angle\"", "");
    assertThatThrownBy(() -> GraphJson.read(silent, ops))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "The op 'acme:polar' has several outputs, radius, angle; a node names one of them by"
                + " \"output\".");
  }
}
