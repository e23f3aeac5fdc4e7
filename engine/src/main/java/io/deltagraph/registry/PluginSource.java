package io.deltagraph.registry;

import io.deltagraph.graph.Op;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/** One place in which plugins of every kind are looked for. */
sealed interface PluginSource {

  /** Adds the providers of the scan's service that are here. */
  <S> void addTo(ProviderScan<S> scan);

  /** What has loaded the engine. */
  static ClassLoader engineLoader() {
    return Objects.requireNonNull(Op.class.getClassLoader(), "the engine is no part of the JDK");
  }

  /** Everything that a class loader sees, but for classes that an earlier place has shown. */
  record Loader(ClassLoader loader) implements PluginSource {
    @Override
    public <S> void addTo(ProviderScan<S> scan) {
      String file = Listing.file(scan.service());
      List<Listing> listings = new ArrayList<>(Listing.ofAll(ModuleLayer.boot(), scan.service()));
      try {
        listings.addAll(Listing.of(loader.getResources(file), loader, scan.service()));
      } catch (IOException e) {
        scan.fail(Provenance.of("", loader.toString(), null, ""), Listing.reason("reading it", e));
      }
      scan.addAll(ServiceLoader.load(scan.service(), loader), scan::isNew, listings, "");
    }
  }

  /** A module layer and its parents. */
  record Layer(ModuleLayer layer) implements PluginSource {
    @Override
    public <S> void addTo(ProviderScan<S> scan) {
      scan.addAll(
          ServiceLoader.load(layer, scan.service()),
          any -> true,
          Listing.ofAll(layer, scan.service()),
          "");
    }
  }

  /** A jar that is a module, in a layer of its own. */
  record ModuleJar(Path path, ModuleLayer layer) implements PluginSource {
    @Override
    public <S> void addTo(ProviderScan<S> scan) {
      scan.addAll(
          ServiceLoader.load(layer, scan.service()),
          type -> type.getModule().getLayer() == layer && comesFrom(type, path),
          Listing.of(layer, scan.service())
              .filter(listing -> listing.source().location().equals(path.toString()))
              .toList(),
          path.toString());
    }
  }

  /** Any other jar, in a class loader of its own. */
  record ClassJar(Path path, URLClassLoader loader) implements PluginSource {
    @Override
    public <S> void addTo(ProviderScan<S> scan) {
      List<Listing> listings = new ArrayList<>();
      try {
        Listing.of(loader.findResources(Listing.file(scan.service())), loader, scan.service())
            .stream()
            .filter(listing -> listing.source().location().equals(path.toString()))
            .forEach(listings::add);
      } catch (IOException e) {
        scan.fail(Provenance.of("", null, null, path.toString()), Listing.reason("reading it", e));
      }
      scan.addAll(
          ServiceLoader.load(scan.service(), loader),
          type -> loader.equals(type.getClassLoader()) && comesFrom(type, path),
          listings,
          path.toString());
    }
  }

  /** A jar that cannot be used, for a reason that is told once, among the ops. */
  record Unusable(Provenance jar, String reason) implements PluginSource {
    @Override
    public <S> void addTo(ProviderScan<S> scan) {
      if (scan.service() == Op.class) {
        scan.fail(jar, reason);
      }
    }
  }

  private static boolean comesFrom(Class<?> type, Path jar) {
    return Provenance.location(type).equals(jar.toString());
  }
}
