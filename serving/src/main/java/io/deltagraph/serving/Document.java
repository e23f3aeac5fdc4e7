package io.deltagraph.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model's file says about columns and outcome, field by field, not yet to be trusted. */
@SuppressWarnings("ArrayRecordComponent") // lives only between a text and its meaning
record Document(
    int version,
    @Nullable String spec,
    @Nullable String form,
    int degree,
    @Nullable List<@Nullable Column> columns,
    double @Nullable [] shifts,
    double @Nullable [] divisors,
    @Nullable Predicted outcome) {

  /**
   * A column: with its categories, with how dates are taken ({@code days} or {@code parts}), or of
   * numbers; and what else it may hold.
   *
   * @param unseenAsZeros whether other categories may come; absent for no
   * @param blank what stands for a blank cell; absent where there may be none
   * @param indicated whether a feature says that a cell is blank; absent for no
   */
  record Column(
      @Nullable String name,
      @Nullable List<@Nullable String> categories,
      @Nullable String dates,
      @Nullable Boolean unseenAsZeros,
      @Nullable Double blank,
      @Nullable Boolean indicated) {}

  /**
   * What is predicted: with its classes, or a number.
   *
   * @param shift added to what the net gives out; absent for 0
   * @param divisor what that is multiplied by before; absent for 1
   */
  record Predicted(
      @Nullable String column,
      @Nullable List<@Nullable String> values,
      @Nullable List<@Nullable String> names,
      @Nullable Double shift,
      @Nullable Double divisor) {}
}
