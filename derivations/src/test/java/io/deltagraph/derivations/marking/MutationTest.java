package io.deltagraph.derivations.marking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mistakes seeded into right derivations of nets that are made up. */
class MutationTest {
  private static final int NETS = 30;
  private static final int MISTAKES_OF_A_NET = 2;
  private static final double NAMED = 0.95;
  private static final List<String> HIDDEN = List.of("sigmoid", "tanh", "softplus", "silu", "elu");

  /** A mistake: the name of its line, the line, and the code of its cause. */
  private record Mistake(String name, String line, String code) {}

  /** A net, its right derivation line by line, and mistakes that can be made in it. */
  private static final class Made {
    private final Random random;
    private final int depth;
    private final int[] widths;
    private final String[] activations;
    private final boolean squares;
    private final boolean penalty;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    Made(int seed) {
      random = new Random(seed);
      depth = 1 + random.nextInt(3);
      widths = new int[depth + 1];
      activations = new String[depth + 1];
      List<Integer> free = new ArrayList<>(List.of(2, 3, 4, 6, 8));
      Collections.shuffle(free, random);
      for (int l = 0; l <= depth; l++) {
        widths[l] = free.get(l);
        activations[l] = HIDDEN.get(random.nextInt(HIDDEN.size()));
      }
      squares = random.nextBoolean();
      activations[depth] = squares ? "sigmoid" : "softmax";
      penalty = random.nextBoolean();
      forward();
      backward();
    }

    String net() {
      StringBuilder net = new StringBuilder().append(widths[0]);
      for (int l = 1; l <= depth; l++) {
        net.append(' ').append(widths[l]).append(':').append(activations[l]);
      }
      net.append(squares ? " half_squared_error mean" : " softmax_cross_entropy mean");
      return net + (penalty ? " l2=0.3" : "");
    }

    private String a(int l) {
      return l == 0 ? "X" : "A" + l;
    }

    private void wrong(String name, String right, String code) {
      mistakes.add(new Mistake(name, name + " = " + right, code));
    }

    private void forward() {
      for (int l = 1; l <= depth; l++) {
        put("Z" + l, a(l - 1) + " W" + l + "ᵀ + b" + l);
        wrong("Z" + l, a(l - 1) + " W" + l + "ᵀ", "missing-operand:b" + l);
        wrong("Z" + l, a(l - 1) + " W" + l + "ᵀ − b" + l, "sign");
        put("A" + l, activations[l] + "(Z" + l + ")");
      }
      String cost = squares ? "½ Σ((A" + depth + " − T)²) / n" : "−Σ(T ⊙ ln(A" + depth + ")) / n";
      StringBuilder sum = new StringBuilder();
      for (int l = 1; l <= depth; l++) {
        sum.append(l == 1 ? "" : " + ").append("Σ(W").append(l).append("²)");
      }
      put("C", cost + (penalty ? " + λ/(2 n) (" + sum + ")" : ""));
    }

    private void put(String name, String right) {
      lines.put(name, name + " = " + right);
    }

    private void backward() {
      String error = "A" + depth + " − T";
      String turned = "T − A" + depth;
      String slope = squares ? " ⊙ σ'(Z" + depth + ")" : "";
      String last = "δ" + depth;
      put(last, "(" + error + ")" + slope + " / n");
      wrong(last, "(" + turned + ")" + slope + " / n", "sign");
      wrong(last, "(" + error + ")" + slope, "factor:n");
      wrong(last, "A" + depth + slope + " / n", "missing-operand:T");
      wrong(last, "Σ(" + error + ", 0)" + slope + " / n", "extra-sum");
      if (squares) {
        wrong(last, "(" + error + ") / n", "missing-derivative:" + depth);
        wrong(last, "(" + error + ") ⊙ σ'(A" + depth + ") / n", "derivative-argument:A" + depth);
        wrong(last, "(" + error + ") ⊙ (1 − A" + depth + "²) / n", "derivative-of:tanh");
      } else {
        wrong(
            last,
            "(" + error + ") ⊙ A" + depth + " ⊙ (1 − A" + depth + ") / n",
            "extra-derivative:" + depth);
        wrong(last, "(Z" + depth + " − T) / n", "wrong-operand:Z" + depth + "→A" + depth);
      }
      for (int l = depth - 1; l >= 1; l--) {
        hidden(l);
      }
      for (int l = depth; l >= 1; l--) {
        gradients(l);
      }
    }

    private void hidden(int l) {
      String through = "(δ" + (l + 1) + " W" + (l + 1) + ")";
      String slope = activations[l] + "'(Z" + l + ")";
      String name = "δ" + l;
      put(name, through + " ⊙ " + slope);
      wrong(name, through, "missing-derivative:" + l);
      wrong(name, "−" + through + " ⊙ " + slope, "sign");
      wrong(name, "(δ" + (l + 1) + " W" + (l + 1) + "ᵀ) ⊙ " + slope, "transposed");
      wrong(name, through + " ⊙ " + activations[l] + "'(A" + l + ")", "derivative-argument:A" + l);
      String other = activations[l].equals("tanh") ? "sigmoid" : "tanh";
      wrong(name, through + " ⊙ " + other + "'(Z" + l + ")", "derivative-of:" + other);
      wrong(name, "(δ" + (l + 1) + " W" + l + ") ⊙ " + slope, "wrong-layer:W" + l + "→W" + (l + 1));
      wrong(name, "(W" + (l + 1) + " δ" + (l + 1) + ") ⊙ " + slope, "order");
    }

    private void gradients(int l) {
      String product = "δ" + l + "ᵀ " + a(l - 1);
      String name = "dW" + l;
      put(name, product + (penalty ? " + λ/n W" + l : ""));
      put("db" + l, "Σ(δ" + l + ", 0)");
      wrong("db" + l, "δ" + l, "missing-sum");
      wrong("db" + l, "Σ(δ" + l + ", 1)", "axis");
      wrong("db" + l, "mean(δ" + l + ", 0)", "factor:1/n");
      wrong("db" + l, "−η Σ(δ" + l + ", 0)", "weights-updated");
      if (penalty) {
        wrong(name, product, "missing-penalty:W" + l);
        wrong(name, product + " + λ W" + l, "penalty-factor:n");
        wrong(name, product + " + 2 λ/n W" + l, "penalty-factor:2");
        wrong(name, product + " − λ/n W" + l, "sign");
        wrong("db" + l, "Σ(δ" + l + ", 0) + λ/n b" + l, "penalty-on-bias:" + l);
      } else {
        wrong(name, a(l - 1) + "ᵀ δ" + l, "transposed");
        wrong(name, a(l - 1) + " δ" + l + "ᵀ", "order");
        wrong(name, "W" + l + " − η " + product, "weights-updated");
        wrong(name, "2 " + product, "factor:2");
        wrong(name, product + " + 0.1 W" + l, "extra-penalty:W" + l);
      }
    }

    Mistake mistake() {
      return mistakes.remove(random.nextInt(mistakes.size()));
    }

    String with(Mistake mistake) {
      Map<String, String> changed = new LinkedHashMap<>(lines);
      changed.put(mistake.name(), mistake.line());
      return String.join("\n", changed.values());
    }
  }

  @Test
  void everyMistakeIsCaughtAndNearlyAllAreNamed() {
    int seeded = 0;
    List<String> missed = new ArrayList<>();
    List<String> misnamed = new ArrayList<>();
    for (int seed = 0; seed < NETS; seed++) {
      Made made = new Made(seed);
      Marker marker = Nets.marker(Nets.plan(made.net()));
      String right = String.join("\n", made.lines.values());
      assertThat(Nets.said(marker.mark(Nets.reader().read(right))))
          .as("new Made(%d): %s%n%s", seed, made.net(), right)
          .allMatch(line -> line.endsWith(" right"));
      for (int i = 0; i < MISTAKES_OF_A_NET; i++) {
        Mistake mistake = made.mistake();
        String replay = "new Made(%d): %s | %s".formatted(seed, made.net(), mistake);
        Marking marking = marker.mark(Nets.reader().read(made.with(mistake)));
        seeded++;
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
    assertThat(misnamed)
        .as("%d of %d named wrong", misnamed.size(), seeded)
        .hasSizeLessThanOrEqualTo((int) ((1 - NAMED) * seeded));
  }
}
