package io.deltagraph.registry;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Op;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;

/** Adds the ops of class loaders, and of single jars, to a scan. */
final class PluginJars {
  private PluginJars() {}

  /** What has loaded the engine. */
  static ClassLoader loader() {
    return Objects.requireNonNull(Op.class.getClassLoader(), "the engine is no part of the JDK");
  }

  /** Adds all ops that a class loader sees. */
  static void seenBy(ClassLoader loader, ProviderScan scan) {
    List<Listing> listings = new ArrayList<>(Listing.ofAll(ModuleLayer.boot()));
    try {
      listings.addAll(Listing.of(loader.getResources(Listing.FILE), loader));
    } catch (IOException e) {
      scan.fail(Provenance.of("", loader.toString(), null, ""), Listing.reason("reading it", e));
    }
    scan.addAll(ServiceLoader.load(Op.class, loader), any -> true, listings, "");
  }

  /** Adds the ops of a jar. */
  static void add(Path path, ProviderScan scan) {
    Provenance whole = Provenance.of("", null, null, path.toString());
    if (!Files.isRegularFile(path)) {
      boolean folder = Files.exists(path);
      scan.fail(
          whole,
          folder ? "it is a folder. Name the jar." : "there is no such file. Check the path.");
      return;
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      if (jar.getEntry("module-info.class") != null && Op.class.getModule().isNamed()) {
        addModule(path, scan, whole);
      } else {
        addClasses(path, scan, whole);
      }
    } catch (IOException e) {
      scan.fail(whole, "it is no jar: %s. Copy or build it again.".formatted(e.getMessage()));
    } catch (RuntimeException e) {
      scan.fail(
          whole,
          "it is no module that fits here: %s. Build it against this version, with what it needs."
              .formatted(e.getMessage()));
    }
  }

  private static void addModule(Path path, ProviderScan scan, Provenance whole) {
    ModuleLayer parent = Objects.requireNonNull(Op.class.getModule().getLayer());
    ModuleFinder finder = ModuleFinder.of(path);
    Set<String> names =
        finder.findAll().stream()
            .map(module -> module.descriptor().name())
            .collect(ImmutableSet.toImmutableSet());
    Configuration configuration = parent.configuration().resolve(finder, ModuleFinder.of(), names);
    ModuleLayer layer = parent.defineModulesWithOneLoader(configuration, loader());
    List<Listing> listings = Listing.of(layer).toList();
    requireAny(listings, scan, whole);
    scan.addAll(
        ServiceLoader.load(layer, Op.class),
        type -> type.getModule().getLayer() == layer,
        listings,
        path.toString());
  }

  private static void addClasses(Path path, ProviderScan scan, Provenance whole)
      throws IOException {
    URLClassLoader loader = new URLClassLoader(new URL[] {path.toUri().toURL()}, loader());
    List<Listing> listings = Listing.of(loader.findResources(Listing.FILE), loader);
    requireAny(listings, scan, whole);
    scan.addAll(
        ServiceLoader.load(Op.class, loader),
        type -> loader.equals(type.getClassLoader()),
        listings,
        path.toString());
  }

  private static void requireAny(List<Listing> listings, ProviderScan scan, Provenance whole) {
    if (listings.isEmpty()) {
      scan.fail(whole, "it lists no op. Name the classes in %s.".formatted(Listing.FILE));
    }
  }
}
