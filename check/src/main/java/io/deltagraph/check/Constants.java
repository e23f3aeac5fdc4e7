package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.Cause.Part;
import java.util.ArrayList;
import java.util.List;

/** The constants by which gradients are wrong in practice: signs, twos, counts, learning rates. */
final class Constants {
  private static final List<Part> SIGNS =
      ImmutableList.of(
          one(), new Part(-1, "-1", "the sign is wrong, or a difference is the other way round"));
  private static final List<Part> TWOS =
      ImmutableList.of(
          one(),
          new Part(2, "2", "a factor 2 too many, such as that of a square without its 1/2"),
          new Part(0.5, "1/2", "a factor 2 is missing, such as that of a square's derivative"));

  private Constants() {}

  private static Part one() {
    return new Part(1, "", "");
  }

  /** Those within a relative distance of a ratio, of the fewest parts. */
  static List<Cause.Constant> near(double ratio, double distance, Clues clues) {
    List<Cause.Constant> found = new ArrayList<>();
    int fewest = Integer.MAX_VALUE;
    for (Part sign : SIGNS) {
      for (Part two : TWOS) {
        for (Part count : counts(clues)) {
          for (Part rate : rates(clues)) {
            double value = sign.value() * two.value() * count.value() * rate.value();
            List<Part> parts = essential(sign, two, count, rate);
            if (!parts.isEmpty() && Math.abs(value - ratio) <= distance * Math.abs(value)) {
              if (parts.size() < fewest) {
                fewest = parts.size();
                found.clear();
              }
              if (parts.size() == fewest) {
                found.add(new Cause.Constant(value, parts));
              }
            }
          }
        }
      }
    }
    return found;
  }

  private static List<Part> essential(Part... parts) {
    ImmutableList.Builder<Part> kept = ImmutableList.builder();
    for (Part part : parts) {
      if (part.value() != 1) {
        kept.add(part);
      }
    }
    return kept.build();
  }

  private static List<Part> rates(Clues clues) {
    List<Part> rates = new ArrayList<>(List.of(one()));
    clues
        .learningRate()
        .ifPresent(rate ->
            rates.add(
                new Part(
                    rate,
                    rate + ", the learning rate",
                    "the step belongs into the update, not into the gradient")));
    return rates;
  }

  private static List<Part> counts(Clues clues) {
    List<Part> parts = new ArrayList<>(List.of(one()));
    List<Clues.Count> counts = clues.counts();
    counts.forEach(count -> add(parts, count.number(), count.of()));
    for (int i = 0; i < counts.size(); i++) {
      for (int j = i + 1; j < counts.size(); j++) {
        int product = counts.get(i).number() * counts.get(j).number();
        add(parts, product, counts.get(i).of() + " times that of " + counts.get(j).of());
      }
    }
    return parts;
  }

  private static void add(List<Part> parts, int number, String of) {
    parts.add(
        new Part(
            number,
            number + ", the number of " + of,
            "a sum over the " + of + " where the right one has a mean"));
    parts.add(
        new Part(
            1.0 / number,
            "1/" + number + ", one over the number of " + of,
            "a mean over the " + of + " where the right one has a sum"));
  }
}
