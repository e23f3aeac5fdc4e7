package io.deltagraph.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.files.GraphJson;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Graphs whose words were exchanged for others, among them every op's name: a reader succeeds or
 * throws its own checked error, whatever the ops make of such attributes and inputs.
 */
class HostileGraphsTest {
  private static final String SEED = "deltagraph.seed";
  private static final int TRIALS = 4_000;
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|-?[0-9.]+|true|false");
  private static final List<String> WORDS =
      List.of(
          "-1",
          "0",
          "2147483647",
          "1e308",
          "true",
          "null",
          "[]",
          "[0, 0]",
          "{}",
          "\"ij,kj->ik\"",
          "\"f64[N]\"",
          "\"f32[2147483647]\"",
          "\"axes\"",
          "\"shape\"",
          "\"subscripts\"");

  private final OpRegistry ops = OpRegistry.load();

  @Test
  void readsOrRefuses() throws ModelFileException {
    String whole = graph();
    List<MatchResult> places = WORD.matcher(whole).results().toList();
    Set<String> words = new LinkedHashSet<>(WORDS);
    places.forEach(place -> words.add(place.group()));
    ops.entries().keySet().forEach(id -> words.add("\"" + id + "\""));
    List<String> all = new ArrayList<>(words);
    long first = Long.getLong(SEED, 20_262);
    long trials = System.getProperty(SEED) == null ? TRIALS : 1;
    int refused = 0;
    for (long seed = first; seed < first + trials; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MatchResult place = places.get(random.nextInt(places.size()));
      String word = all.get(random.nextInt(all.size()));
      String json = whole.substring(0, place.start()) + word + whole.substring(place.end());
      try {
        GraphJson.read(json, ops);
      } catch (ModelFileException e) {
        refused++;
        assertThat(e.getMessage()).contains("\n  file    ", "\n  do      ");
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "Replay: mvn -pl serving test -Dtest=HostileGraphsTest -Dtest.flags=-D"
                + SEED
                + "="
                + seed,
            e);
      }
    }
    // What only changes a number or a name is not for a parser to see.
    assertThat(refused).isGreaterThan((int) (trials / 2));
  }

  /** A net with its loss, and ops of other kinds behind it. */
  private String graph() throws ModelFileException {
    Initialiser zeros = new Initialiser.Zeros();
    NetworkPlan plan =
        new NetworkPlan(
            3,
            ImmutableList.of(
                new LayerPlan(4, OpChoice.of("prelu"), zeros),
                new LayerPlan(2, OpChoice.of("softmax", "temperature", 0.5), zeros)),
            true,
            OpChoice.of("softmax_cross_entropy"),
            0.1,
            0.2,
            DType.F64);
    Network network = Network.build(plan, ops, Seeds.of(1));
    Value weight = network.layers().getFirst().weights();
    return GraphJson.write(
        network
            .inputs()
            .builder()
            .graph(
                Map.of(
                    "loss", network.loss(),
                    "outputs", network.outputs(),
                    "einsum", weight.op("einsum", Map.of("subscripts", "ij,kj->ik"), weight),
                    "reshape", weight.op("reshape", Map.of("shape", "[2, 6]")),
                    "sort", weight.op("sort", Map.of("axis", 1)))));
  }
}
