package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks for backends once. */
final class Backends {
  static final ImmutableList<Backend> FOUND = find(Backend.class.getClassLoader());

  private Backends() {}

  static ImmutableList<Backend> find(ClassLoader loader) {
    List<Backend> found = new ArrayList<>();
    for (ServiceLoader.Provider<Backend> provider :
        ServiceLoader.load(Backend.class, loader).stream().toList()) {
      try {
        found.add(provider.get());
      } catch (ServiceConfigurationError | LinkageError e) {
        System.getLogger(Backend.class.getName())
            .log(System.Logger.Level.WARNING, () -> refusal(provider, e));
      }
    }
    if (found.stream().noneMatch(Backend::isReference)) {
      throw new IllegalStateException("The engine's plain loops are not provided as a backend.");
    }
    found.sort(Comparator.comparing(Backend::isReference).reversed());
    return ImmutableList.copyOf(found);
  }

  private static String refusal(ServiceLoader.Provider<Backend> provider, Throwable error) {
    String cause = String.valueOf(error.getCause() == null ? error : error.getCause());
    return "The backend %s does not load (%s); work is done by plain loops, which give the same numbers more slowly.%s"
        .formatted(
            provider.type().getName(),
            cause,
            cause.contains("jdk/incubator/vector")
                ? " Start java with --add-modules jdk.incubator.vector to have it."
                : "");
  }
}
