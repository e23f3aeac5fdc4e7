package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All products of the features up to a degree, without the constant 1, which is the model's bias
 * (file 002: {@code h = θ0 + θ1 x + θ2 x² …}, and {@code x1 x2}, {@code x1² x2} in the logistic
 * hypothesis).
 *
 * @param degree the highest total degree, from 1
 */
public record PolynomialFeatures(int degree) {
  /** The most features that may come out. */
  public static final int MOST = 10_000;

  /**
   * Checks the degree.
   *
   * @throws IllegalArgumentException for a degree below 1
   */
  public PolynomialFeatures {
    checkArgument(degree >= 1, "the degree is %s, it must be at least 1", degree);
  }

  /**
   * Returns how many features come out of d: {@code C(d + degree, degree) − 1}, at most 2⁶² or so.
   */
  public long count(int columns) {
    double exact = 1;
    for (int i = 1; i <= Math.min(degree, columns); i++) {
      exact = exact * (Math.max(degree, columns) + i) / i;
    }
    return Math.round(exact) - 1;
  }

  /**
   * Returns the products by total degree, then by the order of the columns: {@code a, b, a^2, a*b,
   * b^2, …}; n × count.
   *
   * @throws IllegalArgumentException if more than {@link #MOST} features would come out
   */
  public Features apply(Features features) {
    int d = features.columns();
    checkArgument(
        count(d) <= MOST, "degree %s of %s columns makes more than %s features", degree, d, MOST);
    List<int[]> products = products(d);
    List<NumberColumn> columns =
        products.stream()
            .map(factors -> product(features.all(), factors))
            .collect(ImmutableList.toImmutableList());
    List<String> names =
        products.stream()
            .map(factors -> name(features.names(), factors))
            .collect(ImmutableList.toImmutableList());
    return features.with(names, columns);
  }

  /**
   * Returns which features each product is of, in the order of {@link #apply}; some twice in a
   * square.
   *
   * @param columns the number of features
   */
  public List<List<Integer>> factors(int columns) {
    return products(columns).stream()
        .map(Ints::asList)
        .map(List::copyOf)
        .collect(ImmutableList.toImmutableList());
  }

  private static NumberColumn product(List<NumberColumn> columns, int[] factors) {
    return (rows, from, to, out) -> {
      double[] next = new double[to - from];
      Arrays.fill(out, 0, next.length, 1);
      for (int factor : factors) {
        columns.get(factor).fill(rows, from, to, next);
        for (int i = 0; i < next.length; i++) {
          out[i] *= next[i];
        }
      }
    };
  }

  private List<int[]> products(int d) {
    List<int[]> all = new ArrayList<>();
    List<int[]> last = new ArrayList<>();
    last.add(new int[0]);
    for (int total = 1; total <= degree; total++) {
      List<int[]> grown = new ArrayList<>();
      for (int[] factors : last) {
        int from = factors.length == 0 ? 0 : factors[factors.length - 1];
        for (int j = from; j < d; j++) {
          int[] longer = Arrays.copyOf(factors, factors.length + 1);
          longer[factors.length] = j;
          grown.add(longer);
        }
      }
      all.addAll(grown);
      last = grown;
    }
    return all;
  }

  private static String name(List<String> names, int[] factors) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < factors.length; ) {
      int power = 1;
      while (i + power < factors.length && factors[i + power] == factors[i]) {
        power++;
      }
      out.append(out.isEmpty() ? "" : "*").append(names.get(factors[i]));
      if (power > 1) {
        out.append('^').append(power);
      }
      i += power;
    }
    return out.toString();
  }
}
