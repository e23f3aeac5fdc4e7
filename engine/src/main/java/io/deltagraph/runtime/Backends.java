package io.deltagraph.runtime;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Looks for backends once. */
final class Backends {
  static final List<Backend> FOUND = find(Backend.class.getClassLoader());

  private Backends() {}

  static List<Backend> find(ClassLoader loader) {
    List<Backend> found = new ArrayList<>();
    Iterator<Backend> providers = ServiceLoader.load(Backend.class, loader).iterator();
    boolean more = true;
    while (more) {
      try {
        more = providers.hasNext();
        if (more) {
          found.add(providers.next());
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        System.getLogger(Backend.class.getName())
            .log(System.Logger.Level.WARNING, () -> refusal(e));
      }
    }
    if (found.stream().noneMatch(Backend::isReference)) {
      throw new IllegalStateException("The engine's plain loops are not provided as a backend.");
    }
    found.sort(Comparator.comparing(Backend::isReference).reversed());
    return ImmutableList.copyOf(found);
  }

  private static String refusal(Throwable error) {
    StringBuilder causes = new StringBuilder(error.toString());
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      causes.append("; ").append(cause);
    }
    return "A backend does not load (%s); work is done by plain loops, which give the same numbers more slowly."
        .formatted(causes);
  }
}
