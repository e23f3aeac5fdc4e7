package io.deltagraph.benchmarks;

import io.deltagraph.backend.Backend;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;

/** The backends by name. */
final class BackendChoice {
  private BackendChoice() {}

  /** One thread on that backend; on the fastest if the name is empty. */
  static Session.Options options(String name) {
    Session.Options defaults = Session.Options.defaults();
    if (name.isEmpty()) {
      return defaults;
    }
    return defaults.withBackend(Backend.named(OpRegistry.load(), name));
  }
}
