package io.deltagraph.training;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Training has reached a loss or a parameter that is no finite number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SHOWN = 12;

  private final String happened;
  private final String advice;
  private final @Nullable String origin;
  private final ImmutableIntArray rows;
  private final String counted;

  private DivergedException(
      String happened,
      String advice,
      @Nullable String origin,
      ImmutableIntArray rows,
      String counted) {
    super(happened + " " + advice + (origin == null ? "" : told(origin) + shown(rows, counted)));
    this.happened = happened;
    this.advice = advice;
    this.origin = origin;
    this.rows = rows;
    this.counted = counted;
  }

  private static String told(String origin) {
    return "\nThe first number that is not finite: " + origin;
  }

  private static String shown(ImmutableIntArray rows, String counted) {
    int more = rows.length() - MOST_SHOWN;
    return "\n  rows    "
        + rows.stream()
            .limit(MOST_SHOWN)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "")
        + ", counted "
        + counted;
  }

  private static DivergedException of(String happened) {
    return new DivergedException(
        happened,
        "Lower the learning rate, standardise the features, or clip the gradients.",
        null,
        ImmutableIntArray.of(),
        "from 0");
  }

  static DivergedException loss(int epoch, double loss) {
    return of("Training diverged: the loss is " + loss + " in epoch " + epoch + ".");
  }

  static DivergedException parameter(int epoch, String name, double value) {
    return of(
        "Training diverged: a number of " + name + " is " + value + " in epoch " + epoch + ".");
  }

  static DivergedException anomaly(int epoch) {
    return of("A step in epoch " + epoch + " makes a number that is not finite.");
  }

  /** The same with where it came from: node, op, line and inputs, and the rows of the step. */
  DivergedException tracedTo(String found, List<Integer> batch) {
    return caused(
        new DivergedException(
            happened, advice, found, ImmutableIntArray.copyOf(batch), "from 0 as they were given"));
  }

  /** The same with other advice, of one who knows what can be changed; in sentences. */
  public DivergedException advising(String other) {
    return caused(new DivergedException(happened, other, origin, rows, counted));
  }

  /**
   * The same with other numbers of the rows, of one who knows where they are from.
   *
   * @param from what they are counted from, such as {@code from 1 as they stand in the table}
   */
  public DivergedException numbering(IntUnaryOperator number, String from) {
    ImmutableIntArray other = ImmutableIntArray.copyOf(rows.stream().map(number));
    return caused(new DivergedException(happened, advice, origin, other, from));
  }

  private DivergedException caused(DivergedException other) {
    other.initCause(this);
    return other;
  }

  /** The first node that made a number that is not finite, where it was found. */
  public Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  /** The numbers of the rows of that step, where it was found. */
  public List<Integer> rows() {
    return rows.asList();
  }
}
