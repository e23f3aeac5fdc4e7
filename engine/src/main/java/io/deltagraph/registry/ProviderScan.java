package io.deltagraph.registry;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through the providers of service loaders, keeping apart what loads and what does not. */
final class ProviderScan {
  /**
   * A class path entry whose file of providers cannot be read fails again and again: enough is
   * enough.
   */
  private static final int MOST_UNREADABLE = 64;

  private final Predicate<Provenance> allowed;
  private final ListMultimap<OpId, OpRegistry.Entry> found = ArrayListMultimap.create();
  private final List<ProviderFailure> failures = new ArrayList<>();

  ProviderScan(Predicate<Provenance> allowed) {
    this.allowed = allowed;
  }

  List<ProviderFailure> failures() {
    return failures;
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
  @SuppressWarnings("rawtypes") // a service is named by its raw class
  void addAll(
      ServiceLoader<Op> loader, Predicate<Class<?>> mine, List<Listing> listings, String file) {
    Iterator<ServiceLoader.Provider<Op>> providers = loader.stream().iterator();
    Set<String> seen = new HashSet<>();
    List<String> unreadable = new ArrayList<>();
    for (int problems = 0; problems < MOST_UNREADABLE; ) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        ServiceLoader.Provider<Op> provider = providers.next();
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
      if (allowed.test(listing.source()) && seen.add(name)) {
        failures.add(listing.failure());
      }
      unreadable.removeIf(message -> message.contains(name) && !message.contains(Listing.FILE));
    }
    unreadable.stream()
        .filter(message -> message.contains(file))
        .distinct()
        .forEach(message -> fail(Provenance.of("", "A list of providers", null, ""), message));
  }

  @SuppressWarnings("rawtypes") // as above
  void add(ServiceLoader.Provider<Op> provider) {
    Provenance provenance = Provenance.of(provider.type());
    if (!allowed.test(provenance)) {
      return;
    }
    String doing = "its constructor";
    String name = "";
    try {
      Op<?> op = provider.get();
      doing = "its id";
      name = op.id() == null ? "" : op.id().name();
      doing = "its signature or schema";
      check(op);
      found.put(op.id(), new OpRegistry.Entry(op, provenance));
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      fail(provenance, Listing.reason(doing, cause));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      failures.add(new ProviderFailure(name, provenance, Listing.reason(doing, e)));
    }
  }

  /** One op per name; the others become failures. Built-in ops always stay. */
  Map<OpId, OpRegistry.Entry> entries() {
    Map<OpId, OpRegistry.Entry> entries = new HashMap<>();
    found
        .asMap()
        .forEach((id, claims) -> {
          List<OpRegistry.Entry> own = claims.stream().filter(ProviderScan::isOwn).toList();
          List<OpRegistry.Entry> first = own.isEmpty() && !id.isBare() ? List.copyOf(claims) : own;
          if (first.stream().map(OpRegistry.Entry::provenance).distinct().count() == 1) {
            entries.put(id, first.getFirst());
          }
          for (OpRegistry.Entry claim : claims) {
            OpRegistry.Entry kept =
                entries.get(id); // one jar may be seen through two class loaders
            if (kept == null || !kept.provenance().equals(claim.provenance())) {
              String reason = clash(id, claim.provenance(), first);
              failures.add(new ProviderFailure(id.name(), claim.provenance(), reason));
            }
          }
        });
    return entries;
  }

  /** A class of this project, not one in a jar of plugins that has taken its packages' name. */
  private static boolean isOwn(OpRegistry.Entry entry) {
    Class<?> type = entry.op().getClass();
    return entry.provenance().isBuiltIn()
        && (type.getModule().isNamed() || PluginJars.loader().equals(type.getClassLoader()));
  }

  private static String clash(OpId id, Provenance claim, List<OpRegistry.Entry> first) {
    List<Provenance> others = first.stream().map(OpRegistry.Entry::provenance).distinct().toList();
    if (others.isEmpty()) {
      return "names without a prefix are reserved for Deltagraph. Call it 'yourname:%s'."
          .formatted(id);
    }
    if (!others.contains(claim)) {
      return "%s has that name, and stays. Call this one 'yourname:%s', or choose it with OpRegistry.replacing."
          .formatted(others.getFirst(), id);
    }
    return "two providers give this name, %s and %s, so that neither is used. Remove one of the jars."
        .formatted(others.get(0), others.get(1));
  }

  /**
   * Refuses what no graph can use, an op without name or signature or of two kinds, by the end of a
   * sentence that has named it.
   */
  static void check(Op<?> op) {
    Map<String, Supplier<@Nullable Object>> parts =
        ImmutableMap.of("id", op::id, "signature", op::signature, "schema", op::schema);
    parts.forEach((name, part) -> {
      if (part.get() == null) {
        throw new GraphException.BadProvider("its %s is null. Return one.".formatted(name));
      }
    });
    List<String> kinds =
        Stream.<Class<?>>of(
                Pointwise.class,
                Reduction.class,
                Contraction.class,
                View.class,
                Kernel.class,
                Composite.class)
            .filter(kind -> kind.isInstance(op))
            .map(Class::getSimpleName)
            .toList();
    if (kinds.size() != 1) {
      throw new GraphException.BadProvider(
          "it is of two kinds, %s. Choose one.".formatted(String.join(" and ", kinds)));
    }
  }
}
