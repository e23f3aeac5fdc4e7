package io.deltagraph.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Dates as ISO 8601 writes them, with or without a time, as days since 1970-01-01. */
final class DateCell {
  private static final int DATE = "2025-01-31".length();
  private static final double SECONDS = 86_400;

  private DateCell() {}

  /** Days since 1970-01-01, with a fraction for the time; NaN for what is no date. */
  static double days(String cell) {
    String text = cell.strip();
    if (text.length() < DATE || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return Double.NaN;
    }
    try {
      if (text.length() == DATE) {
        return LocalDate.parse(text).toEpochDay();
      }
      String time = text.replace(' ', 'T');
      boolean zone =
          time.endsWith("Z") || time.lastIndexOf('+') > 0 || time.lastIndexOf('-') > DATE;
      LocalDateTime at =
          zone
              ? OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
              : LocalDateTime.parse(time);
      return at.toLocalDate().toEpochDay() + at.toLocalTime().toNanoOfDay() / 1e9 / SECONDS;
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }
}
