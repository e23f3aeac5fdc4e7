package io.deltagraph.models.spec;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * Something chosen by name with its options, such as an activation; whoever provides it knows which
 * options there are.
 *
 * @param name as the provider registers it
 * @param options by name, in the order of the file
 */
public record Choice(String name, ImmutableMap<String, Setting> options) {
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
}
