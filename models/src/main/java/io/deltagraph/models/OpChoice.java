package io.deltagraph.models;

import com.google.common.collect.ImmutableMap;

/**
 * An op chosen by name, as an activation or a loss, with attributes as plain data.
 *
 * @param op the name, such as {@code relu} or {@code acme:swish}
 * @param attributes numbers, truth values, strings and lists of whole numbers; absent ones take
 *     defaults
 */
public record OpChoice(String op, ImmutableMap<String, Object> attributes) {

  /** An op with its default attributes. */
  public static OpChoice of(String op) {
    return new OpChoice(op, ImmutableMap.of());
  }

  /** An op with one attribute. */
  public static OpChoice of(String op, String attribute, Object value) {
    return new OpChoice(op, ImmutableMap.of(attribute, value));
  }

  @Override
  public String toString() {
    return attributes.isEmpty() ? op : op + attributes;
  }
}
