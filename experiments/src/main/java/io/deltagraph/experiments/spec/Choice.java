package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Map;

/**
 * Something chosen by name with its options, such as an activation; whoever provides it knows which
 * options there are.
 *
 * @param name as the provider registers it
 * @param options by name, in the order of the file
 */
public record Choice(String name, Map<String, Setting> options) {
  public Choice {
    options = ImmutableMap.copyOf(options);
  }

  /** Returns a choice without options. */
  public static Choice of(String name) {
    return new Choice(name, ImmutableMap.of());
  }

  /** Returns a choice with options that are numbers. */
  public static Choice of(String name, Map<String, Double> numbers) {
    ImmutableMap.Builder<String, Setting> options = ImmutableMap.builder();
    numbers.forEach((key, value) -> options.put(key, new Setting.Numeric(value)));
    return new Choice(name, options.buildOrThrow());
  }

  /**
   * Returns the options as plain data: Integer where a number is whole and fits, else Double;
   * Boolean; String.
   */
  public Map<String, Object> plain() {
    return ImmutableMap.copyOf(
        Maps.transformValues(
            options,
            setting ->
                switch (setting) {
                  case Setting.Numeric(double value) -> number(value);
                  case Setting.Flag(boolean value) -> (Object) value;
                  case Setting.Word(String value) -> value;
                }));
  }

  private static Object number(double value) {
    // 0.0 and -0.0 differ as objects: the sign of zero is kept.
    if (Double.valueOf((int) value).equals(value)) {
      return (int) value;
    }
    return value;
  }
}
