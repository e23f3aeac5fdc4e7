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

  /** A column: with its categories, or of numbers. */
  record Column(@Nullable String name, @Nullable List<@Nullable String> categories) {}

  /** What is predicted: with its classes, or a number. */
  record Predicted(
      @Nullable String column,
      @Nullable List<@Nullable String> values,
      @Nullable List<@Nullable String> names) {}
}
