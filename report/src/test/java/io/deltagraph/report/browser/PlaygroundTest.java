package io.deltagraph.report.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.losses.BinaryCrossEntropyWithLogits;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.report.lecture.Lecture;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.TrainingStep;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The playground: its script's arithmetic against the engine's, and its controls. */
@InBrowser
final class PlaygroundTest {
  private static final double TOLERANCE = 1e-9;
  private static final double RATE = 0.7;
  private static final int STEPS = 5;
  private static final OpRegistry OPS = OpRegistry.load();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void gradientsAndStepsAreTheEngines(Chromium browser, @TempDir Path folder) throws IOException {
    try (BrowserPage page = open(browser, folder)) {
      int seed = 0;
      for (String activation : List.of("tanh", "relu", "sigmoid")) {
        for (int depth = 0; depth < 4; depth++) {
          seed++;
          compare(page, activation, depth, seed % 2 == 0 ? 0 : 0.8, seed);
        }
      }
      page.assertQuiet("playground");
    }
  }

  private static void compare(
      BrowserPage page, String activation, int depth, double lambda, int seed)
      throws JsonProcessingException {
    String what = activation + ", depth " + depth + ", penalty " + lambda + ", seed " + seed;
    List<LayerPlan> layers = new ArrayList<>();
    Initialiser wide = new Initialiser.Uniform(-1.5, 1.5);
    for (int i = 0; i < depth; i++) {
      layers.add(new LayerPlan(3 + i, OpChoice.of(activation), wide));
    }
    layers.add(new LayerPlan(1, OpChoice.of("sigmoid"), wide));
    NetworkPlan plan =
        new NetworkPlan(
            2, layers, false, OpChoice.of(BinaryCrossEntropyWithLogits.ID), lambda, 0, DType.F64);
    Network network = Network.build(plan, OPS, Seeds.of(seed));
    Samples rows = rows(seed);
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    network.initial().forEach((parameter, value) -> parameters.put(parameter.label(), value));
    network.layers().forEach(layer -> parameters.put(layer.bias().label(), bias(layer, seed)));

    String given =
        net(network, parameters, activation)
            + ", "
            + JSON.writeValueAsString(rows.inputs().toRows())
            + ", "
            + JSON.writeValueAsString(rows.targets().toDoubles())
            + ", "
            + lambda;
    JsonNode said = page.evaluate("deltagraphPlayground.gradients(" + given + ")");
    Gradient gradient = Gradient.of(network.loss(), network.parameters());
    List<Value> wanted = new ArrayList<>(List.of(network.loss()));
    network.parameters().forEach(parameter -> wanted.add(gradient.wrt(parameter)));
    Map<String, Tensor> feeds = new HashMap<>(parameters);
    feeds.putAll(rows.tensors());
    List<Tensor> right = Evaluate.values(wanted, feeds);
    assertThat(said.path("loss").asDouble())
        .as(what)
        .isCloseTo(right.getFirst().item(), within(TOLERANCE));
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (int i = 0; i < network.parameters().size(); i++) {
      gradients.put(network.parameters().get(i).label(), right.get(i + 1));
    }
    assertSame("gradients: " + what, said, network, gradients);

    JsonNode after =
        page.evaluate(
            "((net, rows, targets, lambda) => { for (let i = 0; i < "
                + STEPS
                + "; i++) { net = deltagraphPlayground.step(net,"
                + " deltagraphPlayground.gradients(net, rows, targets, lambda), "
                + RATE
                + "); } return net; })("
                + given
                + ")");
    assertSame("steps: " + what, after, network, trained(network, parameters, rows));
  }

  private static Map<String, Tensor> trained(
      Network network, Map<String, Tensor> parameters, Samples rows) {
    try (TrainingStep step =
        TrainingStep.byGradient(network.model(), new GradientDescent(RATE))
            .open(EnumSet.of(TrainingStep.Watched.LOSS), Session.Options.defaults())) {
      for (GraphParameter parameter : network.parameters()) {
        step.set(parameter, parameters.get(parameter.label()));
      }
      step.feed(rows);
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
      return step.parameters();
    }
  }

  private static Samples rows(int seed) {
    var random = Seeds.of(seed).derive("rows").stream();
    return new Samples(
        Tensor.generate(TensorType.of(DType.F64, 9, 2), i -> random.nextDouble(-3, 3)),
        Tensor.generate(TensorType.of(DType.F64, 9, 1), i -> random.nextInt(2)));
  }

  private static Tensor bias(Layer layer, int seed) {
    var random = Seeds.of(seed).derive(layer.name()).stream();
    return Tensor.generate(layer.bias().type(), i -> random.nextDouble(-0.5, 0.5));
  }

  private static String net(Network network, Map<String, Tensor> parameters, String activation)
      throws JsonProcessingException {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      layers.add(
          Map.of(
              "weights", parameters.get(layer.weights().label()).toRows(),
              "bias", parameters.get(layer.bias().label()).toDoubles()));
    }
    return JSON.writeValueAsString(Map.of("activation", activation, "layers", layers));
  }

  private static void assertSame(
      String what, JsonNode said, Network network, Map<String, Tensor> right) {
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      Tensor weights = right.get(layer.weights().label());
      Tensor bias = right.get(layer.bias().label());
      JsonNode of = said.path("layers").path(l);
      for (int i = 0; i < weights.size(0); i++) {
        for (int j = 0; j < weights.size(1); j++) {
          assertThat(of.path("weights").path(i).path(j).asDouble())
              .as("%s, layer %d, weight %d, %d", what, l + 1, i, j)
              .isCloseTo(weights.at(i, j), within(TOLERANCE));
        }
        assertThat(of.path("bias").path(i).asDouble())
            .as("%s, layer %d, bias %d", what, l + 1, i)
            .isCloseTo(bias.get(i), within(TOLERANCE));
      }
      assertThat(of.path("weights")).hasSize(weights.size(0));
    }
  }

  @Test
  void theReaderChoosesAndTheNetLearns(Chromium browser, @TempDir Path folder) throws IOException {
    try (BrowserPage page = open(browser, folder)) {
      assertThat(page.text("#play-state")).isEqualTo("0");
      String first = page.text("#play-loss");
      page.click("#play-step");
      assertThat(page.text("#play-state")).isEqualTo("1");
      assertThat(page.text("#play-loss")).isNotEqualTo(first);
      page.click("#play-again");
      assertThat(page.text("#play-state")).isEqualTo("0");
      assertThat(page.text("#play-loss")).isNotEqualTo(first);
      page.move("#play-depth", "3");
      page.move("#play-width", "8");
      assertThat(page.evaluate("document.querySelectorAll('#play-numbers table').length").asInt())
          .isEqualTo(4);
      assertThat(page.evaluate("document.querySelectorAll('#play-numbers td').length").asInt())
          .isEqualTo(8 * 3 + 8 * 9 + 8 * 9 + 9);
      page.assertSound("playground-deep");
      page.show(Look.USUAL);
      page.move("#play-depth", "1");
      page.move("#play-width", "6");
      page.move("#play-rate", "1");
      page.move("#play-data", "ring");
      page.focus("#play-train");
      page.press("Enter");
      page.await("+document.querySelector('#play-state').textContent > 150");
      page.press("Enter");
      String paused = page.text("#play-state");
      page.evaluate("new Promise(done => setTimeout(done, 150))");
      assertThat(page.text("#play-state")).isEqualTo(paused);
      assertThat(page.text("#play-wrong")).isEqualTo("0 of 60");
      page.assertSound("playground");
    }
  }

  private static BrowserPage open(Chromium browser, Path folder) throws IOException {
    Path file = folder.resolve("playground.html");
    Files.writeString(file, Lecture.PLAYGROUND.page(OPS).html());
    return browser.open(file, Look.USUAL);
  }
}
