package io.deltagraph.optimizers;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Options as plain data, read one by one; what nobody asked for is refused at the end. */
final class Options {
  private final String owner;
  private final Map<String, ?> given;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<String, String> told = new LinkedHashMap<>();
  private final boolean asking;

  Options(String owner, Map<String, ?> given) {
    this(owner, given, false);
  }

  private Options(String owner, Map<String, ?> given, boolean asking) {
    this.owner = owner;
    this.given = given;
    this.asking = asking;
  }

  /** Options of which none is given, to find out which are asked for: those needed are all 1. */
  static Options asking() {
    return new Options("", Map.of(), true);
  }

  /** What was asked for: a default, or that there is none. */
  Map<String, String> told() {
    return told;
  }

  double number(String name, double fallback) {
    told.putIfAbsent(name, String.valueOf(fallback));
    return given(name) ? number(name) : fallback;
  }

  double number(String name) {
    if (asking) {
      told.putIfAbsent(name, "needed");
      return 1;
    }
    Object raw = required(name, "a number");
    if (!(raw instanceof Number number)) {
      throw OptionException.badValue(name, quoted(raw), "a number");
    }
    return number.doubleValue();
  }

  int count(String name) {
    double value = number(name);
    OptionChecks.check(
        value == Math.rint(value) && value >= 1 && value <= Integer.MAX_VALUE,
        name,
        value,
        "a whole number from 1");
    return (int) value;
  }

  int count(String name, int fallback) {
    told.putIfAbsent(name, String.valueOf(fallback));
    return given(name) ? count(name) : fallback;
  }

  OptionalInt optionalCount(String name) {
    told.putIfAbsent(name, "none");
    return given(name) ? OptionalInt.of(count(name)) : OptionalInt.empty();
  }

  boolean flag(String name, boolean fallback) {
    told.putIfAbsent(name, String.valueOf(fallback));
    if (!given(name)) {
      return fallback;
    }
    Object raw = required(name, "true or false");
    if (!(raw instanceof Boolean flag)) {
      throw OptionException.badValue(name, quoted(raw), "true or false");
    }
    return flag;
  }

  /** Refuses options that were never asked for. */
  void done() {
    given.keySet().stream()
        .filter(name -> !asked.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw OptionException.unknownOption(owner, name, asked);
        });
  }

  private boolean given(String name) {
    asked.add(name);
    return given.containsKey(name);
  }

  private Object required(String name, String expected) {
    asked.add(name);
    Object raw = given.get(name);
    if (raw == null) {
      throw OptionException.missing(owner, name, expected);
    }
    return raw;
  }

  private static Object quoted(Object raw) {
    return raw instanceof String text ? "'" + text + "'" : raw;
  }
}
