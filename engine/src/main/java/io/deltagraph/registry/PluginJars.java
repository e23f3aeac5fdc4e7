package io.deltagraph.registry;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Op;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Opens jars of plugins, each apart from the others. */
final class PluginJars {
  private static final String LISTS = "META-INF/services/io.deltagraph.";

  private PluginJars() {}

  /** The places that jars are; a jar that is given twice, by a link as well, is one place. */
  static List<PluginSource> sources(List<Path> jars) {
    List<Path> distinct = jars.stream().map(PluginJars::resolved).distinct().toList();
    List<PluginSource> sources = new ArrayList<>();
    for (Path jar : distinct) {
      sources.add(source(jar, distinct.stream().filter(other -> !other.equals(jar)).toList()));
    }
    return sources;
  }

  /** Where a jar really is, so far as it is there at all. */
  static Path resolved(Path jar) {
    try {
      return jar.toRealPath();
    } catch (IOException e) {
      return jar.toAbsolutePath().normalize(); // what is wrong with it is told when it is opened
    }
  }

  private static PluginSource source(Path path, List<Path> others) {
    Provenance whole = Provenance.of("", null, null, path.toString());
    if (!Files.isRegularFile(path)) {
      return new PluginSource.Unusable(
          whole,
          Files.exists(path)
              ? "it is a folder. Name the jar."
              : "there is no such file. Check the path.");
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      boolean listed = lists(jar);
      if (jar.getEntry("module-info.class") != null && Op.class.getModule().isNamed()) {
        return module(path, others, whole, listed);
      }
      return listed ? classes(path, others) : new PluginSource.Unusable(whole, nothing(others));
    } catch (IOException e) {
      return new PluginSource.Unusable(
          whole, "it is no jar: %s. Copy or build it again.".formatted(e.getMessage()));
    } catch (RuntimeException e) {
      return new PluginSource.Unusable(
          whole,
          "it is no module that fits here: %s. Build it against this version, with what it needs."
              .formatted(e.getMessage()));
    }
  }

  /** Whether it names a class as the provider of anything of this project. */
  private static boolean lists(JarFile jar) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (entry.getName().startsWith(LISTS)) {
        String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        if (text.lines().anyMatch(line -> !line.replaceAll("#.*", "").isBlank())) {
          return true;
        }
      }
    }
    return false;
  }

  private static PluginSource module(
      Path path, List<Path> others, Provenance whole, boolean listed) {
    ModuleLayer parent = Objects.requireNonNull(Op.class.getModule().getLayer());
    ModuleFinder finder = ModuleFinder.of(path);
    boolean provides =
        finder.findAll().stream().anyMatch(module -> !module.descriptor().provides().isEmpty());
    if (!provides) {
      return new PluginSource.Unusable(
          whole,
          listed
              ? "it is a module, and its module-info.java provides nothing: lists in META-INF/services count on the class path alone. Add 'provides %s with' and the classes."
                  .formatted(Op.class.getName())
              : nothing(others));
    }
    Set<String> names =
        finder.findAll().stream()
            .map(module -> module.descriptor().name())
            .collect(ImmutableSet.toImmutableSet());
    Configuration configuration =
        parent.configuration().resolve(finder, ModuleFinder.compose(finders(others)), names);
    return new PluginSource.ModuleJar(
        path, parent.defineModulesWithOneLoader(configuration, PluginSource.engineLoader()));
  }

  /** Those of the jars that can be modules: what is wrong with the others is told elsewhere. */
  private static ModuleFinder[] finders(List<Path> jars) {
    List<ModuleFinder> finders = new ArrayList<>();
    for (Path jar : jars) {
      try {
        ModuleFinder finder = ModuleFinder.of(jar);
        finder.findAll();
        finders.add(finder);
      } catch (FindException told) {
        // Whoever looks for plugins in that jar says so.
      }
    }
    return finders.toArray(new ModuleFinder[0]);
  }

  private static PluginSource classes(Path path, List<Path> others) throws IOException {
    List<URL> urls = new ArrayList<>(List.of(path.toUri().toURL()));
    for (Path other : others) {
      urls.add(other.toUri().toURL());
    }
    return new PluginSource.ClassJar(
        path, new URLClassLoader(urls.toArray(new URL[0]), PluginSource.engineLoader()));
  }

  private static String nothing(List<Path> others) {
    return "it lists no op%s. Name the classes in META-INF/services/%s."
        .formatted(
            others.isEmpty() ? "" : ", and only lends the other jars what they need",
            Op.class.getName());
  }
}
