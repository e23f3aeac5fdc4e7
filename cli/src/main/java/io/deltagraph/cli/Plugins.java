package io.deltagraph.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.backend.Backend;
import io.deltagraph.data.InputException;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.registry.Provenance;
import io.deltagraph.registry.ProviderFailure;
import io.deltagraph.rewrite.RewriteRule;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Finds plugins: those beside this program, and those in jars that the user names. */
final class Plugins {
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of(
          "io.deltagraph.ops",
          "io.deltagraph.activations",
          "io.deltagraph.losses",
          "io.deltagraph.reference",
          "io.deltagraph.simd");

  private Plugins() {}

  /** The ops of this project alone; of others not even a constructor runs. */
  static OpRegistry none() {
    return OpRegistry.load(List.of(), Plugins::isOwn);
  }

  private static boolean isOwn(Provenance provenance) {
    String name = provenance.className();
    return OWN.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
  }

  /**
   * All ops beside this program and in those jars, each of which is apart from the others. What
   * cannot be loaded becomes a failure of the registry.
   *
   * @param jars the jars
   * @throws InputException for a path that is no jar, since that is a slip of the user's, not of a
   *     plugin's
   * @param allowed the providers to take beside this project's own, each by its module, its jar's
   *     name or its jar's title; empty for all
   */
  static OpRegistry load(List<Path> jars, List<String> allowed) {
    jars.forEach(Plugins::check);
    Predicate<Provenance> any = provenance -> true;
    return OpRegistry.load(
        jars, allowed.isEmpty() ? any : provenance -> allows(allowed, provenance));
  }

  private static void check(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new InputException(
          jar.toString(),
          Files.exists(jar) ? "a folder" : "no such file",
          "a jar with ops",
          "check the path; everything between --plugins and the next option is taken for a jar");
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Objects.requireNonNull(zip.entries());
    } catch (IOException e) {
      throw new InputException(
          jar.toString(),
          "a file that cannot be loaded ("
              + (e instanceof AccessDeniedException ? "access denied" : e.getMessage())
              + ")",
          "a jar with ops",
          "build it anew against this version of the engine");
    }
  }

  /** The jars of which nothing was tried, since none of their providers is allowed. */
  static ImmutableList<Path> barred(List<Path> jars, OpRegistry registry) {
    ImmutableSet<String> tried =
        Stream.concat(
                registry.entries().values().stream().map(OpRegistry.Entry::provenance),
                registry.failures().stream().map(ProviderFailure::provenance))
            .map(Provenance::location)
            .collect(ImmutableSet.toImmutableSet());
    return jars.stream()
        .filter(jar -> !tried.contains(resolved(jar)))
        .collect(ImmutableList.toImmutableList());
  }

  /** As the catalogue names a jar. */
  private static String resolved(Path jar) {
    try {
      return jar.toRealPath().toString();
    } catch (IOException e) {
      return jar.toAbsolutePath().normalize().toString();
    }
  }

  /** What was left out, of every kind of plugin that a command may use. */
  static ImmutableList<ProviderFailure> failures(OpRegistry registry) {
    return ImmutableList.<ProviderFailure>builder()
        .addAll(registry.failures())
        .addAll(registry.catalogue().find(RewriteRule.class).failures())
        .addAll(registry.catalogue().find(Backend.class).failures())
        .build();
  }

  private static boolean allows(List<String> allowed, Provenance provenance) {
    return isOwn(provenance)
        || allowed.contains(provenance.source())
        || allowed.stream().anyMatch(name -> Path.of(provenance.location()).endsWith(name));
  }
}
