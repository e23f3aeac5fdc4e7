package io.deltagraph.backend;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.OpLookup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Chooses among the backends that were found together with the ops of a graph. */
final class Backends {
  /** The engine's own, which keeps nothing and needs no search. */
  static final Backend PLAIN_LOOPS =
      ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).stream()
          .filter(provider -> provider.type().getModule().equals(Backend.class.getModule()))
          .filter(
              provider -> Backend.class.getClassLoader().equals(provider.type().getClassLoader()))
          .filter(provider -> provider.type().getPackageName().startsWith("io.deltagraph."))
          .flatMap(provider -> opened(provider).stream())
          .filter(Backend::isReference)
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "The engine's plain loops are not provided as a backend: its jar is not whole."));

  private Backends() {}

  /** On the class path our other backends lie beside it, of which one may lack what it needs. */
  private static Optional<Backend> opened(ServiceLoader.Provider<Backend> provider) {
    try {
      return Optional.of(provider.get());
    } catch (ServiceConfigurationError | LinkageError e) {
      return Optional.empty(); // the catalogue tells of it
    }
  }

  /** The plain loops, then the others, the fastest last. */
  static List<Backend> all(OpLookup ops) {
    List<Backend> others = new ArrayList<>(ops.plugins(Backend.class));
    others.removeIf(Backend::isReference);
    others.sort(Comparator.comparingInt(Backend::speed));
    return ImmutableList.<Backend>builder().add(PLAIN_LOOPS).addAll(others).build();
  }

  static Backend named(OpLookup ops, String name) {
    return all(ops).stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no backend '%s'. There are %s."
                    .formatted(name, all(ops).stream().map(Backend::name).toList())));
  }
}
