package io.deltagraph.derivations.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The textbook's forms, letter by letter. */
class FormsTest {
  private final OpRegistry ops = OpRegistry.load();

  private Network network(NetworkPlan plan) {
    return Network.build(plan, ops, Seeds.of(1));
  }

  private String text(NetworkPlan plan) {
    return TextbookDerivation.of(network(plan)).text(false);
  }

  private static NetworkPlan net(OpChoice loss, double l2, String... activations) {
    List<LayerPlan> layers = new ArrayList<>();
    for (String activation : activations) {
      layers.add(new LayerPlan(3, OpChoice.of(activation), new Initialiser.He()));
    }
    return new NetworkPlan(4, layers, false, loss, l2, 0, DType.F64);
  }

  @Test
  void linearRegression() {
    assertThat(text(NetworkPlan.linearRegression(4, DType.F64)))
        .isEqualTo(
            """
            Z1 = X W1ᵀ + b1
            A1 = Z1
            C = ½ Σ((A1 − T)²) / n
            δ1 = (A1 − T) / n
            ∂C/∂W1 = δ1ᵀ X
            ∂C/∂b1 = Σ(δ1, 0)
            """);
  }

  @Test
  void logisticRegression() {
    assertThat(text(NetworkPlan.logisticRegression(4, DType.F64)))
        .isEqualTo(
            """
            Z1 = X W1ᵀ + b1
            A1 = σ(Z1)
            C = −Σ(T ⊙ ln(A1) + (1 − T) ⊙ ln(1 − A1)) / n
            δ1 = (A1 − T) / n
            ∂C/∂W1 = δ1ᵀ X
            ∂C/∂b1 = Σ(δ1, 0)
            """);
  }

  @Test
  void softmaxRegressionWithKAndWithOneRowLess() {
    assertThat(text(NetworkPlan.softmaxRegression(4, 3, DType.F64)))
        .isEqualTo(
            """
            Z1 = X W1ᵀ + b1
            A1 = softmax(Z1)
            C = −Σ(T ⊙ ln(A1)) / n
            # the rows of T sum to 1
            δ1 = (A1 − T) / n
            ∂C/∂W1 = δ1ᵀ X
            ∂C/∂b1 = Σ(δ1, 0)
            """);
    assertThat(text(NetworkPlan.reducedSoftmaxRegression(4, 3, DType.F64)))
        .isEqualTo(
            """
            Z1 = X W1ᵀ + b1
            logits = pad(Z1, axis=1, after=1)
            A1 = softmax(logits)
            C = −Σ(T ⊙ ln(A1)) / n
            # the rows of T sum to 1
            δ1 = (A1 − T)[:, :-1] / n
            ∂C/∂W1 = δ1ᵀ X
            ∂C/∂b1 = Σ(δ1, 0)
            """);
  }

  @Test
  void aNetOfAnyDepthWithPenalty() {
    OpChoice loss = OpChoice.of("half_squared_error");
    assertThat(text(net(loss, 0.1, "sigmoid", "tanh", "sigmoid")))
        .isEqualTo(
            """
            Z1 = X W1ᵀ + b1
            A1 = σ(Z1)
            Z2 = A1 W2ᵀ + b2
            A2 = tanh(Z2)
            Z3 = A2 W3ᵀ + b3
            A3 = σ(Z3)
            C = ½ Σ((A3 − T)²) / n + λ/(2 n) (Σ(W1²) + Σ(W2²) + Σ(W3²))
            δ3 = (A3 − T) ⊙ σ'(Z3) / n
            ∂C/∂W3 = δ3ᵀ A2 + λ/n W3
            ∂C/∂b3 = Σ(δ3, 0)
            δ2 = (δ3 W3) ⊙ tanh'(Z2)
            ∂C/∂W2 = δ2ᵀ A1 + λ/n W2
            ∂C/∂b2 = Σ(δ2, 0)
            δ1 = (δ2 W2) ⊙ σ'(Z1)
            ∂C/∂W1 = δ1ᵀ X + λ/n W1
            ∂C/∂b1 = Σ(δ1, 0)
            """);
  }

  @Test
  void inAscii() {
    assertThat(
            TextbookDerivation.of(
                    network(net(OpChoice.of("half_squared_error"), 0, "sigmoid", "sigmoid")))
                .ascii(false))
        .contains(
            "Z1 = X @ W1.T + b1\n",
            "A1 = sigma(Z1)\n",
            "delta2 = (A2 - T) .* sigma'(Z2) / n\n",
            "delta1 = (delta2 @ W2) .* sigma'(Z1)\n",
            "dC/dW1 = delta1.T @ X\n",
            "dC/db1 = sum(delta1, 0)\n");
  }

  @Test
  void inAsciiEvenTheStepsAre() {
    Network network =
        network(net(OpChoice.of("elementwise_cross_entropy"), 0.1, "sigmoid", "sigmoid"));
    assertThat(TextbookDerivation.of(network).ascii(true))
        .matches("\\p{ASCII}*")
        .contains("by the rule: G .* y .* (1 - y) -> G .* sigma'(x)\n");
  }

  @Test
  void inLatexAndMathMl() throws Exception {
    Network network = network(net(OpChoice.of("half_squared_error"), 0.1, "sigmoid", "sigmoid"));
    TextbookDerivation explanation = TextbookDerivation.of(network);
    assertThat(explanation.latex(false))
        .contains(
            "\\delta_{1} &= \\left(\\delta_{2} \\, W_{2}\\right) \\odot \\sigma'\\left(Z_{1}\\right)",
            "\\frac{\\partial C}{\\partial W_{1}} &= {\\delta_{1}}^\\top \\, X + \\frac{\\lambda}{n} \\, W_{1}");
    org.w3c.dom.Document document =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new org.xml.sax.InputSource(new java.io.StringReader(explanation.mathml(false))));
    assertThat(document.getElementsByTagName("mtr").getLength())
        .isEqualTo(explanation.lines().size());
  }

  @Test
  void costsOnProbabilitiesMeetTheirActivations() {
    assertThat(text(net(OpChoice.of("elementwise_cross_entropy"), 0, "tanh", "sigmoid")))
        .contains("δ2 = (A2 − T) / n\n");
    assertThat(text(net(OpChoice.of("categorical_cross_entropy"), 0, "tanh", "softmax")))
        .contains("# the rows of T sum to 1\nδ2 = (A2 − T) / n\n");
    assertThat(text(net(OpChoice.of("sparse_softmax_cross_entropy"), 0, "softmax")))
        .contains("C = −Σ(one_hot(T) ⊙ ln(A1)) / n\nδ1 = (A1 − one_hot(T)) / n\n");
    assertThat(text(net(OpChoice.of("elementwise_cross_entropy"), 0, "softmax")))
        .contains(
            """
            ∂C/∂A1 = (A1 − T) / (A1 ⊙ (1 − A1)) / n
            δ1 = A1 ⊙ (∂C/∂A1 − Σ(∂C/∂A1 ⊙ A1, 1, keepdims=True))
            """);
  }

  @Test
  void oneGradientAlone() {
    Network network = network(net(OpChoice.of("mean_squared_error"), 0, "relu", "identity"));
    Graph graph = network.evaluation();
    Value w2 = TextbookDerivation.named(graph, "W2");
    assertThat(w2).isSameAs(network.layers().get(1).weights());
    assertThat(TextbookDerivation.named(graph, "layer2.weight")).isSameAs(w2);
    assertThat(TextbookDerivation.of(graph, network.loss(), List.of(w2)).text(false))
        .endsWith("/ (n k)\nδ2 = 2 (A2 − T) / (n k)\n∂C/∂W2 = δ2ᵀ A1\n");
    Value x = TextbookDerivation.named(graph, "X");
    assertThat(TextbookDerivation.of(graph, network.loss(), List.of(x)).text(false))
        .endsWith("δ1 = (δ2 W2) ⊙ relu'(Z1)\n∂C/∂X = δ1 W1\n");
    assertThatThrownBy(() -> TextbookDerivation.named(graph, "W7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("one of A1, A2, T, W1, W2, X, Z1, Z2, b1, b2, loss");
  }

  @Test
  void stepsShowTheChainTheSumAndEachRule() {
    Network network = network(net(OpChoice.of("half_squared_error"), 0.1, "sigmoid", "sigmoid"));
    assertThat(TextbookDerivation.of(network).text(true))
        .contains(
            """
            δ1 = (δ2 W2) ⊙ σ'(Z1)
            #   chain rule through A1 = σ(Z1): δ1 = (δ2 W2ᵀᵀ) ⊙ A1 ⊙ (1 − A1)
            #   local derivative: σ'(Z1) = A1 ⊙ (1 − A1)
            #   W2ᵀᵀ = W2    by the rule: (Xᵀ)ᵀ → X
            #   (δ2 W2) ⊙ A1 ⊙ (1 − A1) = (δ2 W2) ⊙ σ'(Z1)    by the rule: G ⊙ y ⊙ (1 − y) → G ⊙ σ'(x)
            """,
            """
            ∂C/∂W1 = δ1ᵀ X + λ/n W1
            #   chain rule through Z1 = X W1ᵀ + b1: ∂C/∂W1 = (Xᵀ δ1)ᵀ
            """,
            "#   W1 is used 2 times: what comes back adds up\n");
  }

  @Test
  void anyGraphAndAnyOp() {
    GraphBuilder builder = new GraphBuilder(ops);
    Value x = builder.input("x", new TensorType(DType.F64, Shape.batch("N", 2)));
    Value w = builder.parameter("w", TensorType.of(DType.F64, 2, 2));
    Value h = x.matmul(w).op("test:cube").named("h");
    Value again = h.plus(h.matmul(w).cumsum(1)).named("r");
    Value loss = again.square().sum().named("loss");
    assertThat(TextbookDerivation.of(builder.graph(Map.of("loss", loss)), loss).text(false))
        .isEqualTo(
            """
            h = test:cube(x w)
            r = h + cumsum(h w, axis=1)
            C = Σ(r^2)
            ∂C/∂r = 2 r
            ∂C/∂h = ∂C/∂r + cumsum(∂C/∂r, axis=1, reverse=True) wᵀ
            ∂C/∂w = xᵀ (∂C/∂h ⊙ test:cube'(x w)) + hᵀ cumsum(∂C/∂r, axis=1, reverse=True)
            """);
  }

  @Test
  void longGraphsAreCutAndNoStackIsTooSmall() {
    GraphBuilder builder = GraphBuilder.withoutSites(ops);
    Value w = builder.parameter("w", TensorType.of(DType.F64, 3));
    Value y = w;
    for (int i = 0; i < 3_000; i++) {
      y = y.sin();
    }
    Value loss = y.sum();
    TextbookDerivation explanation =
        TextbookDerivation.of(builder.graph(Map.of("loss", loss)), loss);
    assertThat(explanation.lines()).hasSizeBetween(200, 400);
    assertThat(explanation.lines().getLast().equation().name().isGradient()).isTrue();
  }

  @Test
  void onlyAComputedScalarIsExplained() {
    GraphBuilder builder = new GraphBuilder(ops);
    Value w = builder.parameter("w", TensorType.of(DType.F64, 3));
    Graph graph = builder.graph(Map.of("y", w.exp()));
    assertThatThrownBy(() -> TextbookDerivation.of(graph, w.exp()))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("Only the gradients of a computed scalar are explained");
  }
}
