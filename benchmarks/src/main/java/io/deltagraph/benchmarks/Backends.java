package io.deltagraph.benchmarks;

import io.deltagraph.runtime.Backend;
import io.deltagraph.runtime.Session;

/** The backends by name. */
final class Backends {
  private Backends() {}

  /** One thread on that backend; on the one that is found first if the name is empty. */
  static Session.Options options(String name) {
    Session.Options defaults = Session.Options.defaults();
    if (name.isEmpty()) {
      return defaults;
    }
    return defaults.withBackend(
        Backend.all().stream()
            .filter(backend -> backend.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "There is no backend '%s', only %s."
                        .formatted(name, Backend.all().stream().map(Backend::name).toList()))));
  }
}
