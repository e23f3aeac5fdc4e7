package io.deltagraph.cli;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Op;
import io.deltagraph.models.data.InputException;
import io.deltagraph.registry.OpRegistry;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Finds ops: those beside this program, and those in jars that the user names. */
final class Plugins {
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of("io.deltagraph.ops", "io.deltagraph.activations", "io.deltagraph.losses");

  private Plugins() {}

  /** The ops of this project alone. */
  static OpRegistry none() {
    return OpRegistry.of(
        OpRegistry.load().entries().values().stream()
            .filter(entry -> OWN.contains(entry.op().getClass().getPackageName()))
            .map(OpRegistry.Entry::op)
            .toArray(Op<?>[]::new));
  }

  /**
   * All ops beside this program and in those jars. Each jar is a layer of its own, so that its
   * libraries meet nobody else's.
   *
   * @throws InputException for a jar that cannot be loaded
   */
  static OpRegistry load(List<Path> jars) {
    if (jars.isEmpty()) {
      return OpRegistry.load();
    }
    jars.forEach(Plugins::check);
    return Plugins.class.getModule().isNamed() ? byLayers(jars) : byLoaders(jars);
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
    } catch (java.io.IOException e) {
      throw broken(jar, e);
    }
  }

  private static InputException broken(Path jar, Exception e) {
    return new InputException(
        jar.toString(),
        "a file that cannot be loaded (" + e.getMessage() + ")",
        "a jar with ops",
        "build it anew against this version of the engine");
  }

  private static OpRegistry byLayers(List<Path> jars) {
    ModuleLayer layer = Plugins.class.getModule().getLayer();
    for (Path jar : jars) {
      try {
        ModuleFinder finder = ModuleFinder.of(jar);
        Set<String> names =
            finder.findAll().stream()
                .map(module -> module.descriptor().name())
                .collect(Collectors.toSet());
        Configuration configuration =
            layer.configuration().resolveAndBind(finder, ModuleFinder.of(), names);
        layer = layer.defineModulesWithOneLoader(configuration, Plugins.class.getClassLoader());
      } catch (FindException | ResolutionException | LayerInstantiationException e) {
        throw broken(jar, e);
      }
    }
    return OpRegistry.load(layer);
  }

  private static OpRegistry byLoaders(List<Path> jars) {
    ClassLoader loader = Plugins.class.getClassLoader();
    for (Path jar : jars) {
      try {
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, loader);
      } catch (MalformedURLException e) {
        throw broken(jar, e);
      }
    }
    return OpRegistry.load(loader);
  }
}
