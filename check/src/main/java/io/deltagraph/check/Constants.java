package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.Slip.Part;
import java.util.ArrayList;
import java.util.List;

/** The constants by which gradients are wrong in practice: signs, twos, counts, learning rates. */
final class Constants {
  private static final List<Part> SIGNS = ImmutableList.of(one(), Part.SIGN);
  private static final List<Part> TWOS =
      ImmutableList.of(one(), Part.of(Ratio.TWO), Part.of(Ratio.HALF));

  private Constants() {}

  private static Part one() {
    return new Part(1, "", "", "");
  }

  /** Those within a relative distance of a ratio, of the fewest parts. */
  static List<Slip.Constant> near(double ratio, double distance, Clues clues) {
    List<Slip.Constant> found = new ArrayList<>();
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
                found.add(new Slip.Constant(value, parts));
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
    clues.learningRate().ifPresent(rate -> rates.add(Part.learningRate(rate)));
    return rates;
  }

  private static List<Part> counts(Clues clues) {
    List<Part> parts = new ArrayList<>(List.of(one()));
    List<Clues.Count> counts = clues.counts();
    counts.forEach(count -> add(parts, count));
    for (int i = 0; i < counts.size(); i++) {
      for (int j = i + 1; j < counts.size(); j++) {
        add(parts, product(counts.get(i), counts.get(j)));
      }
    }
    return parts;
  }

  private static Clues.Count product(Clues.Count one, Clues.Count two) {
    int number = one.number() * two.number();
    boolean reduction = (one.symbol() + two.symbol()).equals(Ratio.NK.text());
    return new Clues.Count(
        number,
        one.of() + " times that of " + two.of(),
        reduction ? Ratio.NK.text() : Integer.toString(number));
  }

  private static void add(List<Part> parts, Clues.Count count) {
    int number = count.number();
    String symbol = count.symbol();
    String under = symbol.equals(Ratio.NK.text()) ? "(" + symbol + ")" : symbol;
    parts.add(
        new Part(
            number,
            "factor:" + symbol,
            number + ", the number of " + count.of(),
            Ratio.summed(count.of())));
    parts.add(
        new Part(
            1.0 / number,
            "factor:1/" + under,
            "1/" + number + ", one over the number of " + count.of(),
            Ratio.averaged(count.of())));
  }
}
