package io.deltagraph.derivations.marking;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.derivations.explain.GeneratedNet;
import io.deltagraph.derivations.explain.Line;
import io.deltagraph.derivations.explain.PlainNumbers;
import io.deltagraph.derivations.explain.TextbookDerivation;
import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Mistakes made in the lines that {@code explain} writes, of nets of all kinds: all are caught, and
 * nearly all are named. It takes a while: each is searched for in a file of its own.
 */
class SeededMistakesTest {
  private static final int NETS = 100;
  private static final int MISTAKES_OF_A_NET = 2;
  private static final double NAMED = 0.95;
  private static final double VISIBLE = 1e-5;

  private final OpRegistry ops = OpRegistry.load();

  /** Whether a line with a mistake has other numbers, by plain loops: not so where all are 0. */
  private static boolean isVisible(PlainNumbers numbers, Seeding.Mistake mistake, Tensor right) {
    Tensor wrong;
    try {
      wrong = numbers.of(mistake.line().expression());
    } catch (RuntimeException | AssertionError e) {
      return size(right) > VISIBLE; // shapes do not fit
    }
    if (!wrong.type().shape().equals(right.type().shape())) {
      return size(right) > VISIBLE;
    }
    double difference = 0;
    for (int i = 0; i < right.length(); i++) {
      difference = Math.max(difference, Math.abs(wrong.get(i) - right.get(i)));
    }
    return difference > VISIBLE * (1 + size(right));
  }

  private static double size(Tensor tensor) {
    double most = 0;
    for (int i = 0; i < tensor.length(); i++) {
      most = Math.max(most, Math.abs(tensor.get(i)));
    }
    return most;
  }

  @Test
  void everyMistakeIsCaughtAndNearlyAllAreNamed() {
    int seeded = 0;
    List<String> missed = new ArrayList<>();
    List<String> misnamed = new ArrayList<>();
    Map<String, Integer> made = new TreeMap<>();
    for (int seed = 0; seed < NETS; seed++) {
      GeneratedNet net = GeneratedNet.of(ops, seed);
      TextbookDerivation derivation = TextbookDerivation.of(net.network());
      Map<Name, Tensor> truth = net.truth(derivation);
      PlainNumbers numbers = new PlainNumbers(net.network().inputs().builder(), truth);
      List<Line> lines = derivation.lines();
      List<Seeding.Mistake> all = new ArrayList<>();
      for (Line line : lines) {
        for (Seeding.Mistake mistake : Seeding.of(net.plan(), line)) {
          Tensor right = Objects.requireNonNull(truth.get(mistake.line().name()));
          if (isVisible(numbers, mistake, right)) {
            all.add(mistake);
          }
        }
      }
      Marker marker =
          Marker.of(
              net.plan(),
              ops,
              Objects.requireNonNull(net.numbers().get("X")),
              Objects.requireNonNull(net.numbers().get("T")),
              0.1,
              seed,
              derivation::line);
      RandomStream random = Seeds.of(seed).derive("mistakes").stream();
      for (int i = 0; i < MISTAKES_OF_A_NET && !all.isEmpty(); i++) {
        // The rarest so far, so that every kind comes up.
        List<Seeding.Mistake> rare = rarest(all, made);
        Seeding.Mistake mistake = rare.get(random.nextInt(rare.size()));
        all.remove(mistake);
        seeded++;
        made.merge(kind(mistake), 1, Integer::sum);
        String text = DerivationWriter.UNICODE.write(mistake.line());
        String replay = "seed %d: %s | %s".formatted(seed, text, mistake.code());
        Marking marking = marker.mark(Nets.reader().read(with(lines, mistake)));
        List<String> codes =
            marking.lines().stream()
                .filter(line -> line.verdict() == Marking.Verdict.WRONG)
                .map(line ->
                    line.causes().isEmpty() ? "none" : line.causes().getFirst().cause().code())
                .toList();
        if (marking.verdict() != Marking.Verdict.WRONG) {
          missed.add(replay + " | " + Nets.said(marking));
        } else if (!codes.equals(List.of(mistake.code()))) {
          misnamed.add(replay + " | " + codes);
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(made).hasSizeGreaterThanOrEqualTo(22);
    assertThat(misnamed)
        .as("%d of %d named wrong", misnamed.size(), seeded)
        .hasSizeLessThanOrEqualTo((int) ((1 - NAMED) * seeded));
  }

  private static String kind(Seeding.Mistake mistake) {
    String code = mistake.code();
    return code.startsWith("factor") || code.startsWith("penalty-factor")
        ? code
        : code.replaceAll(":.*", "");
  }

  private static List<Seeding.Mistake> rarest(
      List<Seeding.Mistake> all, Map<String, Integer> made) {
    int least = all.stream().mapToInt(one -> made.getOrDefault(kind(one), 0)).min().orElseThrow();
    return all.stream().filter(one -> made.getOrDefault(kind(one), 0) == least).toList();
  }

  private static String with(List<Line> lines, Seeding.Mistake mistake) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      boolean wrong = line.equation().name().equals(mistake.line().name());
      text.append(DerivationWriter.UNICODE.write(wrong ? mistake.line() : line.equation()))
          .append('\n');
    }
    return text.toString();
  }
}
