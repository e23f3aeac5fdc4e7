package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.random.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which rows are trained on and which are held out; both in the order of the file.
 *
 * @param train the rows to train on
 * @param test the rows held out, none of them in train; may be empty
 * @param note one sentence on what is held out, and why nothing if it is nothing
 */
public record Split(List<Integer> train, List<Integer> test, String note) {
  /** Sets with fewer rows than this hold out nothing. */
  public static final int FEWEST_ROWS = 20;

  public Split {
    train = Packed.ints(train);
    test = Packed.ints(test);
  }

  /**
   * Holds out a share of the rows, of every class alike.
   *
   * <p>{@code round(rows × fraction)} rows are held out; each class gives its share of them,
   * rounded down, and the classes with the largest remainders one more (ties: the class named
   * first); every class keeps a row to train on. Numbers instead of classes: the rows are drawn
   * alike.
   *
   * @param fraction the share to hold out, in [0, 1)
   * @param seeds the seeds of the run; {@code "split"} is derived from them
   * @throws IllegalArgumentException for another fraction
   */
  public static Split stratified(DataSet data, double fraction, Seeds seeds) {
    checkArgument(
        fraction >= 0 && fraction < 1, "the share held out is %s, not in [0, 1)", fraction);
    int rows = data.rows();
    if (rows < FEWEST_ROWS) {
      return allInTraining(
          rows,
          data.name()
              + (rows == 1 ? " has 1 row" : " has " + rows + " rows")
              + ": under "
              + FEWEST_ROWS
              + " nothing is held out, the scores are on the rows trained on.");
    }
    if (fraction == 0) {
      return allInTraining(rows, "Nothing is held out: the scores are on the rows trained on.");
    }
    Seeds split = seeds.derive("split");
    int[][] groups = groups(data.target());
    int[] shares = shares(groups, rows, (int) Math.round(rows * fraction));
    boolean[] held = new boolean[rows];
    for (int g = 0; g < groups.length; g++) {
      int[] members = groups[g].clone();
      split.derive("class", g).stream().shuffle(members);
      for (int i = 0; i < shares[g]; i++) {
        held[members[i]] = true;
      }
    }
    List<Integer> test = where(held, true);
    return new Split(
        where(held, false),
        test,
        test.size()
            + " of "
            + rows
            + " rows are held out"
            + (data.target() instanceof Targets.Classes ? ", of every class alike." : "."));
  }

  /**
   * Deals the rows into k parts and returns k splits, each with one part held out. Every row is
   * held out once; parts differ by at most one row, and by at most one row of each class.
   *
   * @param k the number of parts, from 2 to the number of rows
   * @param seeds the seeds of the run; {@code "folds"} is derived from them
   * @throws IllegalArgumentException for another k
   */
  public static List<Split> folds(DataSet data, int k, Seeds seeds) {
    int rows = data.rows();
    checkArgument(k >= 2 && k <= rows, "%s folds of %s rows", k, rows);
    Seeds folds = seeds.derive("folds");
    int[] foldOf = new int[rows];
    int dealt = 0;
    int[][] groups = groups(data.target());
    for (int g = 0; g < groups.length; g++) {
      int[] members = groups[g].clone();
      folds.derive("class", g).stream().shuffle(members);
      // The deal goes on where the last class ended, so that the parts are of one size.
      for (int row : members) {
        foldOf[row] = dealt++ % k;
      }
    }
    ImmutableList.Builder<Split> out = ImmutableList.builder();
    for (int fold = 0; fold < k; fold++) {
      boolean[] held = new boolean[rows];
      for (int row = 0; row < rows; row++) {
        held[row] = foldOf[row] == fold;
      }
      out.add(
          new Split(
              where(held, false),
              where(held, true),
              "Fold " + (fold + 1) + " of " + k + " is held out."));
    }
    return out.build();
  }

  private static Split allInTraining(int rows, String note) {
    return new Split(ContiguousSet.closedOpen(0, rows).asList(), ImmutableList.of(), note);
  }

  /** The rows of each class; one group for numbers. */
  private static int[][] groups(Targets target) {
    return switch (target) {
      case Targets.Classes classes -> {
        int[][] groups = new int[classes.names().size()][];
        for (int g = 0; g < groups.length; g++) {
          int label = g;
          groups[g] =
              IntStream.range(0, classes.rows())
                  .filter(row -> classes.labels().get(row) == label)
                  .toArray();
        }
        yield groups;
      }
      case Targets.Numbers numbers -> new int[][] {IntStream.range(0, numbers.rows()).toArray()};
    };
  }

  private static int[] shares(int[][] groups, int rows, int total) {
    int[] shares = new int[groups.length];
    long[] remainders = new long[groups.length];
    int given = 0;
    for (int g = 0; g < groups.length; g++) {
      long exact = (long) groups[g].length * total; // in units of 1 / rows
      shares[g] = Math.min((int) (exact / rows), Math.max(0, groups[g].length - 1));
      remainders[g] = exact % rows;
      given += shares[g];
    }
    Integer[] order = IntStream.range(0, groups.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingLong(g -> -remainders[g]));
    for (int i = 0; i < order.length && given < total; i++) {
      int g = order[i];
      if (shares[g] < groups[g].length - 1) {
        shares[g]++;
        given++;
      }
    }
    return shares;
  }

  private static List<Integer> where(boolean[] held, boolean wanted) {
    ImmutableIntArray.Builder rows = ImmutableIntArray.builder();
    for (int row = 0; row < held.length; row++) {
      if (held[row] == wanted) {
        rows.add(row);
      }
    }
    return rows.build().asList();
  }
}
