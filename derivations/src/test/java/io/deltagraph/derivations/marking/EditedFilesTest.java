package io.deltagraph.derivations.marking;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.language.Misreading;
import io.deltagraph.derivations.language.UnusableFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that were good before random edits: each line has a verdict, or a place and a reason. */
class EditedFilesTest {
  private static final String NET = "3 4:tanh 2:softmax softmax_cross_entropy mean l2=0.1";
  private static final String GOOD =
      """
      W1: out x in
      Z1 = X W1ᵀ + b1
      A1 = tanh(Z1)
      C = −Σ(T ⊙ ln(A2)) / n + λ/(2 n) (Σ(W1²) + Σ(W2²))
      E = A2[:, :] - one_hot(T)
      δ2 = (A2 − T) / n
      dW2[i,j] = sum_s(delta2[s,i] * A1[s,j]) + lambda/n * W2[i,j]
      db2 = sum(δ2, axis=0, keepdims=True)
      δ1 = (δ2 @ W2) .* tanh'(Z1)
      ∂C/∂W^(1) = δ₁ᵀ X + ½ 2 λ/n W1
      db1 = ones(n)' * δ1
      """;
  private static final String PIECES =
      "()[]{}'=+-*/^·⊙∘@.,:;_#%ᵀ²½λΣσδ′∂∇0123456789eEnTWXZAbs \n\t\0\u202eé😀\uFEFF";
  private static final int FILES = 1_500;
  private static final int MARKED = 25;

  private static String edited(Random random) {
    StringBuilder text = new StringBuilder(GOOD);
    int[] pieces = PIECES.codePoints().toArray();
    for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      String piece = Character.toString(pieces[random.nextInt(pieces.length)]);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.replace(at, at + 1, piece);
        default -> {
          int end = Math.min(text.length(), at + random.nextInt(12));
          text.insert(random.nextInt(text.length()), text.substring(at, end).repeat(2));
        }
      }
    }
    return text.toString();
  }

  private static void hold(Misreading problem, String replay) {
    assertThat(problem.place().line()).as(replay).isPositive();
    assertThat(problem.place().column()).as(replay).isPositive();
    assertThat(problem.expected()).as(replay).isNotBlank();
    assertThat(problem.message()).as(replay).startsWith("line ").endsWith("^");
  }

  @Test
  void editedFilesAreReadOrSayWhyNot() {
    for (int seed = 0; seed < FILES; seed++) {
      String text = edited(new Random(seed));
      String replay = "edited(new Random(%d)): %s".formatted(seed, text);
      Nets.reader().read(text).lines().stream()
          .filter(Derivation.Unread.class::isInstance)
          .map(Derivation.Unread.class::cast)
          .forEach(line -> hold(line.problem(), replay));
    }
  }

  @Test
  void editedFilesAreMarked() {
    Marker marker = Nets.marker(Nets.plan(NET));
    for (int seed = 0; seed < MARKED; seed++) {
      String text = edited(new Random(seed));
      String replay = "edited(new Random(%d)): %s".formatted(seed, text);
      try {
        for (Marking.Line line : marker.mark(Nets.reader().read(text)).lines()) {
          line.problem().ifPresent(problem -> hold(problem, replay));
        }
      } catch (RuntimeException e) {
        throw new AssertionError(replay, e);
      }
    }
  }

  @Test
  void bytesAreTextOrNoDerivation() {
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int seed = 0; seed < FILES; seed++) {
      byte[] bytes = good.clone();
      Random random = new Random(seed);
      for (int i = 0; i < 3; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Nets.reader().read(bytes).lines()).as("seed %d", seed).isNotEmpty();
      } catch (UnusableFile e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("UTF-8");
        refused++;
      }
    }
    assertThat(refused).isBetween(1, FILES - 1);
  }

  @Test
  void deepBracketsAreRefused() {
    for (String open : List.of("(", "−", "sum(", "[")) {
      assertThat(Nets.said(Nets.mark(NET, "δ1 = " + open.repeat(100_000))).getFirst())
          .contains("unread");
    }
  }
}
