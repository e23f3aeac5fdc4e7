package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the values of a graph are called in a derivation. */
final class WrittenNames {
  private static final Pattern OF_LAYER = Pattern.compile("layer([0-9]{1,6})\\.([a-z]\\w*)");
  private static final Pattern INDEXED =
      Pattern.compile("(\\p{L}(?:[\\p{L}\\p{N}_]*[\\p{L}_])?)_?([0-9]{1,6})?");
  private static final Map<String, String> SHORT = Map.of("weight", "W", "bias", "b");

  private static final Map<String, String> GREEK = Map.of("α", "alpha", "λ", "lambda");

  private final Map<Value, Name> names = new HashMap<>();
  private final Set<Name> taken = new HashSet<>();
  private int unnamed;

  /** Calls the cost C. */
  WrittenNames(Value loss) {
    give(loss, Name.value("C"));
  }

  private Name give(Value value, Name name) {
    taken.add(name);
    names.put(value, name);
    return name;
  }

  /**
   * What a value is called; one without a name, or with none that can be written, gets a number.
   */
  Name of(Value value) {
    Name known = names.get(value);
    if (known != null) {
      return known;
    }
    Optional<Name> own =
        value.name().flatMap(WrittenNames::written).filter(name -> !taken.contains(name));
    Name name = own.orElse(null);
    while (name == null || (own.isEmpty() && taken.contains(name))) {
      name = Name.value(value instanceof Apply ? "V" : "K", ++unnamed);
    }
    return give(value, name);
  }

  /** Calls a value the gradient with respect to another, whose name is given. */
  void gradient(Value standIn, Value of) {
    names.put(standIn, gradientOf(of));
  }

  /** What the gradient with respect to a value is called. */
  Name gradientOf(Value value) {
    Name name = of(value);
    return new Name(Name.Of.GRADIENT, name.base(), name.index());
  }

  /** A label as a name of the language. */
  static Optional<Name> written(String label) {
    Matcher layer = OF_LAYER.matcher(label);
    if (layer.matches()) {
      String base = SHORT.getOrDefault(layer.group(2), layer.group(2));
      return Optional.of(Name.value(base, Integer.parseInt(layer.group(1))));
    }
    Matcher indexed = INDEXED.matcher(label);
    if (!indexed.matches()) {
      return Optional.empty();
    }
    String base = GREEK.getOrDefault(indexed.group(1), indexed.group(1));
    return Optional.of(
        indexed.group(2) == null
            ? Name.value(base)
            : Name.value(base, Integer.parseInt(indexed.group(2))));
  }
}
