package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Layer;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the names of the table stand for in a net, stored as an orientation says. */
final class KnownNames {
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("x", "X"),
          Map.entry("t", "T"),
          Map.entry("Y", "T"),
          Map.entry("y", "T"),
          Map.entry("z", "Z"),
          Map.entry("S", "Z"),
          Map.entry("s", "Z"),
          Map.entry("a", "A"),
          Map.entry("H", "A"),
          Map.entry("h", "A"),
          Map.entry("m", "n"),
          Map.entry("N", "n"),
          Map.entry("lr", "eta"),
          Map.entry("L", "C"),
          Map.entry("J", "C"),
          Map.entry("loss", "C"));

  private final Scene scene;
  private final Orientation orientation;

  KnownNames(Scene scene, Orientation orientation) {
    this.scene = scene;
    this.orientation = orientation;
  }

  /** The one of a value's names that all others are turned into. */
  Name canonical(Name name) {
    String base = SAME.getOrDefault(name.base(), name.base());
    int index = name.index();
    if (base.equals("yhat") && !name.indexed()) {
      return new Name(name.of(), "A", scene.depth());
    }
    if (base.equals("A") && index == 0) {
      return new Name(name.of(), "X", Name.NO_INDEX);
    }
    boolean ofLayer =
        base.equals("W")
            || base.equals("b")
            || base.equals("Z")
            || base.equals("A")
            || base.equals("alpha");
    if (ofLayer && !name.indexed()) {
      if (scene.depth() == 1) {
        index = 1;
      } else if (base.equals("alpha")) {
        index = onlySlope().orElse(index);
      }
    }
    return new Name(name.of(), base, index);
  }

  private Optional<Integer> onlySlope() {
    List<Integer> found = new ArrayList<>();
    for (int l = 1; l <= scene.depth(); l++) {
      if (slope(l).isPresent()) {
        found.add(l);
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  Optional<Value> slope(int l) {
    return scene.network().parameters().stream()
        .filter(parameter -> parameter.label().equals(Layer.further(l, "alpha")))
        .map(Value.class::cast)
        .findFirst();
  }

  /** What answers call a canonical name: {@code delta2}, {@code dW1}, {@code A1}. */
  static String label(Name name) {
    String index = name.indexed() ? Integer.toString(name.index()) : "";
    return name.isGradient()
        ? (name.base().equals("Z") ? "delta" : "d" + name.base()) + index
        : name.base() + index;
  }

  /** Whether a line that sets the canonical name is marked. */
  boolean isMarked(Name name) {
    if (name.isGradient()) {
      return value(name).isPresent();
    }
    return switch (name.base()) {
      case "Z", "A", "C" -> value(name).isPresent();
      default -> false;
    };
  }

  /** Whether it is a quantity that carries the cost's reduction. */
  static boolean isReduced(Name name) {
    return name.isGradient() || name.base().equals("C");
  }

  /** Whether it is the gradient of a parameter. */
  static boolean isParameterGradient(Name name) {
    return name.isGradient()
        && (name.base().equals("W") || name.base().equals("b") || name.base().equals("alpha"));
  }

  /** The gradients of parameters, all of them. */
  List<Name> parameterGradients() {
    List<Name> all = new ArrayList<>();
    for (int l = 1; l <= scene.depth(); l++) {
      all.add(Name.gradient("W", l));
      all.add(Name.gradient("b", l));
      if (slope(l).isPresent()) {
        all.add(Name.gradient("alpha", l));
      }
    }
    return all;
  }

  /** The values of the net that a formula may use, by canonical name. */
  List<Name> all() {
    List<Name> all = new ArrayList<>(List.of(Name.value("X"), Name.value("T")));
    for (int l = 1; l <= scene.depth(); l++) {
      for (String base : List.of("W", "b", "Z", "A", "alpha")) {
        all.add(Name.value(base, l));
      }
      all.add(Name.delta(l));
      all.add(Name.gradient("A", l));
    }
    all.removeIf(name -> value(name).isEmpty());
    return all;
  }

  /** What a canonical name stands for. */
  Optional<Value> value(Name name) {
    if (!name.indexed()) {
      return unindexed(name);
    }
    int l = name.index();
    if (name.base().equals("lambda") && !name.isGradient()) {
      double l1 = scene.plan().l1();
      double l2 = scene.plan().l2();
      return l1 > 0 && l2 > 0 && (l == 1 || l == 2)
          ? Optional.of(number(l == 1 ? l1 : l2))
          : Optional.empty();
    }
    if (l < 1 || l > scene.depth()) {
      return graph(name);
    }
    Layer layer = scene.network().layers().get(l - 1);
    return switch (name.base()) {
      case "W" -> Optional.of(weights(gradientOrValue(name, layer.weights())));
      case "b" -> Optional.of(bias(gradientOrValue(name, layer.bias())));
      case "alpha" -> slope(l).map(slope -> gradientOrValue(name, slope));
      case "Z" -> Optional.of(samples(gradientOrValue(name, scene.preActivation(l))));
      case "A" ->
          (name.isGradient() ? scene.activationGradient(l) : Optional.of(scene.activation(l)))
              .map(this::samples);
      default -> graph(name);
    };
  }

  /** The layer whose delta the gradient that a name stands for comes from. */
  int from(Name gradient) {
    return switch (gradient.base()) {
      case "W", "b" -> gradient.index();
      case "X" -> 1;
      default -> gradient.index() + 1;
    };
  }

  /** The gradient that a name stands for, of what that delta comes from alone. */
  Optional<Value> gradient(Name name, Value delta) {
    int l = name.index();
    Value z = scene.preActivation(from(name));
    return switch (name.base()) {
      case "W" -> Optional.of(weights(pullback(z, delta, layer(l).weights())));
      case "b" -> Optional.of(bias(pullback(z, delta, layer(l).bias())));
      case "Z" -> Optional.of(samples(pullback(z, delta, scene.preActivation(l))));
      case "A" -> Optional.of(samples(pullback(z, delta, scene.activation(l))));
      case "X" -> Optional.of(samples(pullback(z, delta, scene.network().inputs())));
      case "alpha" -> slope(l).map(slope -> pullback(z, delta, slope));
      default -> Optional.empty();
    };
  }

  private Layer layer(int l) {
    return scene.network().layers().get(l - 1);
  }

  private static Value pullback(Value z, Value delta, Value of) {
    return Gradient.pullback(z, delta, List.of(of)).wrt(of);
  }

  private Optional<Value> unindexed(Name name) {
    if (name.isGradient()) {
      return name.base().equals("X")
          ? Optional.of(samples(scene.gradient(scene.network().inputs())))
          : Optional.empty();
    }
    double l1 = scene.plan().l1();
    double l2 = scene.plan().l2();
    return switch (name.base()) {
      case "X" -> Optional.of(samples(scene.network().inputs()));
      case "T" -> Optional.of(samples(scene.network().targets()));
      case "n" -> Optional.of(scene.samples());
      case "k" -> Optional.of(number(scene.plan().outputs()));
      case "eta" -> Optional.of(number(scene.learningRate()));
      case "C" -> Optional.of(scene.network().loss());
      case "lambda" -> l1 > 0 != l2 > 0 ? Optional.of(number(Math.max(l1, l2))) : Optional.empty();
      default -> graph(name);
    };
  }

  /** A value that the graph itself has under that name. */
  private Optional<Value> graph(Name name) {
    String text = name.base() + (name.indexed() ? Integer.toString(name.index()) : "");
    return name.isGradient()
        ? Optional.empty()
        : scene
            .network()
            .inputs()
            .builder()
            .named(text)
            .filter(value -> !text.startsWith("stand-in"))
            .map(value -> {
              if (value instanceof GraphParameter) {
                return value.type().rank() == 2 ? weights(value) : bias(value);
              }
              return samples(value);
            });
  }

  private Value gradientOrValue(Name name, Value value) {
    return name.isGradient() ? scene.gradient(value) : value;
  }

  private Value weights(Value value) {
    return orientation.inByOut() ? value.transpose() : value;
  }

  private Value bias(Value value) {
    return orientation.columns() && value.type().rank() == 1
        ? value.reshape(Shape.of(value.shape().dim(0).size(), 1))
        : value;
  }

  private Value samples(Value value) {
    return orientation.columns() && value.type().rank() == 2 ? value.transpose() : value;
  }

  private Value number(double number) {
    return scene.network().loss().constant(number);
  }

  /** The names that a formula may use, as they are written. */
  List<String> spellings() {
    List<String> all = new ArrayList<>(List.of("X", "T", "n", "k", "eta", "C", "yhat"));
    for (Name name : all()) {
      all.add(label(name));
    }
    if (value(Name.value("lambda")).isPresent()) {
      all.add("lambda");
    }
    return all;
  }
}
