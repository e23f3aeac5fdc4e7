package io.deltagraph.cli;

import io.deltagraph.registry.OpRegistry;
import io.deltagraph.registry.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Finds ops: those beside this program, and those in jars that the user names. */
final class Plugins {
  private Plugins() {}

  /** The ops of this project alone; of others not even a constructor runs. */
  static OpRegistry none() {
    return OpRegistry.load(List.of(), Provenance::isBuiltIn);
  }

  /**
   * All ops beside this program and in those jars, each of which is apart from the others. What
   * cannot be loaded becomes a failure of the registry.
   *
   * @param jars the jars
   * @param allowed the providers to take beside this project's own, each by its module, its jar's
   *     name or its jar's title; empty for all
   */
  static OpRegistry load(List<Path> jars, List<String> allowed) {
    Predicate<Provenance> any = provenance -> true;
    return OpRegistry.load(
        jars, allowed.isEmpty() ? any : provenance -> allows(allowed, provenance));
  }

  private static boolean allows(List<String> allowed, Provenance provenance) {
    return provenance.isBuiltIn()
        || allowed.contains(provenance.source())
        || allowed.stream().anyMatch(name -> Path.of(provenance.location()).endsWith(name));
  }
}
