package io.deltagraph.data;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * What stands for a blank cell, column by column.
 *
 * @param others of the columns that are not named
 * @param named by the names of columns
 */
public record MissingRules(MissingRule others, Map<String, MissingRule> named) {
  public MissingRules {
    named = ImmutableMap.copyOf(named);
  }

  /** One rule for all columns. */
  public static MissingRules all(MissingRule rule) {
    return new MissingRules(rule, ImmutableMap.of());
  }

  /** Rules for some columns; blank cells of the others are refused. */
  public static MissingRules of(Map<String, MissingRule> named) {
    return new MissingRules(MissingRule.REFUSE, named);
  }

  /** The rule of a column. */
  public MissingRule of(String column) {
    return named.getOrDefault(column, others);
  }
}
