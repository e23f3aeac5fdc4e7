package io.deltagraph.registry;

import com.google.common.base.Throwables;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Goes through the providers of a service loader, keeping apart what loads and what does not. */
final class ProviderScan {
  private static final String PROJECT = "io.deltagraph.";

  /**
   * A class path entry whose file of providers cannot be read fails again and again: enough is
   * enough.
   */
  private static final int MOST_UNREADABLE = 64;

  private final Map<OpId, OpRegistry.Entry> entries = new HashMap<>();
  private final List<String> failures = new ArrayList<>();

  Map<OpId, OpRegistry.Entry> entries() {
    return entries;
  }

  List<String> failures() {
    return failures;
  }

  @SuppressWarnings("rawtypes") // a service is named by its raw class
  void addAll(ServiceLoader<Op> loader) {
    Iterator<ServiceLoader.Provider<Op>> providers = loader.stream().iterator();
    int unreadable = 0;
    while (unreadable < MOST_UNREADABLE) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        add(providers.next());
      } catch (ServiceConfigurationError e) {
        unreadable++;
        failures.add(e.getMessage());
      }
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // as above
  void add(ServiceLoader.Provider<Op> provider) {
    Provenance provenance = Provenance.of(provider.type());
    Op<?> op;
    try {
      op = provider.get();
      check(op);
      requireOwnName(op.id(), provenance);
    } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
      boolean wrapped =
          e instanceof ServiceConfigurationError || e instanceof ExceptionInInitializerError;
      failures.add(provenance + ": " + (wrapped ? Throwables.getRootCause(e) : e));
      return;
    }
    OpRegistry.Entry earlier = entries.putIfAbsent(op.id(), new OpRegistry.Entry(op, provenance));
    // One jar may be seen through a loader and through its parent.
    if (earlier != null && !earlier.provenance().equals(provenance)) {
      throw twice(op.id(), earlier.provenance(), provenance);
    }
  }

  private static void requireOwnName(OpId id, Provenance provenance) {
    if (id.isBare() && !provenance.className().startsWith(PROJECT)) {
      throw new GraphException.BadProvider(
          "Names without a prefix are reserved for Deltagraph; call '"
              + id
              + "' 'yourname:"
              + id
              + "'.");
    }
  }

  /** Refuses what no graph can use: an op without name or signature, or of two kinds. */
  static void check(Op<?> op) {
    if (op.id() == null || op.signature() == null || op.schema() == null) {
      throw new GraphException.BadProvider(
          op.getClass().getName() + " returns null for its id, signature or schema.");
    }
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
          "The op '"
              + op.id()
              + "' is of two kinds, "
              + String.join(" and ", kinds)
              + "; choose one.");
    }
  }

  static GraphException twice(OpId id, Provenance first, Provenance second) {
    return new GraphException.BadProvider(
        "Two providers give the op '"
            + id
            + "': "
            + first
            + " and "
            + second
            + ". Remove one of them, or choose with OpRegistry.replacing.");
  }
}
