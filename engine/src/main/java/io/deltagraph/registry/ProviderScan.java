package io.deltagraph.registry;

import io.deltagraph.graph.Op;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Goes through the providers of one service, keeping apart what loads and what does not.
 *
 * @param <S> the service
 */
final class ProviderScan<S> {
  /**
   * A class path entry whose file of providers cannot be read fails again and again: enough is
   * enough.
   */
  private static final int MOST_UNREADABLE = 64;

  private final Class<S> service;
  private final Predicate<Provenance> allowed;
  private final List<Catalogue.Provided<S>> provided = new ArrayList<>();
  private final List<ProviderFailure> failures = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  /**
   * What module each jar or folder of the class path is: reading it again for each provider takes
   * time.
   */
  private final Map<String, Optional<ModuleDescriptor>> modules = new HashMap<>();

  ProviderScan(Class<S> service, Predicate<Provenance> allowed) {
    this.service = service;
    this.allowed = allowed;
  }

  Class<S> service() {
    return service;
  }

  Catalogue.Found<S> found() {
    return new Catalogue.Found<>(provided, failures);
  }

  /** Whether no place that was looked at before has shown a class of that name. */
  boolean isNew(Class<?> type) {
    return !shown.contains(type.getName());
  }

  void fail(Provenance provenance, String reason) {
    failures.add(new ProviderFailure("", provenance, reason));
  }

  /**
   * Adds the providers of a service loader.
   *
   * @param mine which of the classes that it finds to take, the others having been added before
   * @param listings every class that is listed, so that what is left out can be explained
   * @param file the part of a service loader's message that tells it is about these listings
   */
  void addAll(
      ServiceLoader<S> loader, Predicate<Class<?>> mine, List<Listing> listings, String file) {
    Iterator<ServiceLoader.Provider<S>> providers = loader.stream().iterator();
    Set<String> seen = new HashSet<>();
    List<String> unreadable = new ArrayList<>();
    for (int problems = 0; problems < MOST_UNREADABLE; ) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        ServiceLoader.Provider<S> provider = providers.next();
        if (mine.test(provider.type())) {
          seen.add(provider.type().getName());
          add(provider);
        }
      } catch (ServiceConfigurationError e) {
        problems++;
        unreadable.add(String.valueOf(e.getMessage()));
      } catch (LinkageError e) {
        problems++; // a listed class, found again below
      }
    }
    for (Listing listing : listings) {
      String name = listing.source().className();
      if (allowed.test(listing.source()) && !shown.contains(name) && seen.add(name)) {
        failures.add(listing.failure());
      }
      unreadable.removeIf(
          message -> message.contains(name) && !message.contains(Listing.file(service)));
    }
    shown.addAll(seen);
    unreadable.stream()
        .filter(message -> message.contains(file))
        .distinct()
        .forEach(message -> fail(Provenance.of("", "A list of providers", null, ""), message));
  }

  void add(ServiceLoader.Provider<S> provider) {
    Provenance provenance =
        Provenance.of(provider.type(), jar -> modules.computeIfAbsent(jar, Provenance::descriptor));
    if (!allowed.test(provenance)) {
      return;
    }
    String doing = "its constructor";
    String name = "";
    try {
      S plugin = provider.get();
      if (plugin instanceof Op<?> op) {
        doing = "its id";
        name = op.id() == null ? "" : op.id().name();
        doing = "its signature or schema";
        OpClaims.check(op);
      }
      provided.add(new Catalogue.Provided<>(plugin, provenance));
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      fail(provenance, Listing.reason(doing, cause));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      failures.add(new ProviderFailure(name, provenance, Listing.reason(doing, e)));
    }
  }
}
