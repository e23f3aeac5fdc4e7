package io.deltagraph.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.View;
import io.deltagraph.graph.ViewAdjoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ops that are known, by name: an immutable value, of which there may be many. */
public final class OpRegistry implements OpLookup {

  /** An op and where it comes from. */
  public record Entry(Op<?> op, Provenance provenance) {}

  private final ImmutableSortedMap<OpId, Entry> entries;
  private final ImmutableList<String> failures;

  private OpRegistry(Map<OpId, Entry> entries, List<String> failures) {
    this.entries = ImmutableSortedMap.copyOf(entries);
    this.failures = ImmutableList.copyOf(failures);
  }

  /**
   * All ops that the current thread's class loader sees.
   *
   * @throws GraphException.BadProvider if two providers give one name
   */
  public static OpRegistry load() {
    return load(ServiceLoader.load(Op.class));
  }

  /** All ops that a class loader sees. */
  public static OpRegistry load(ClassLoader loader) {
    return load(ServiceLoader.load(Op.class, loader));
  }

  /** All ops of a module layer and its parents. */
  public static OpRegistry load(ModuleLayer layer) {
    return load(ServiceLoader.load(layer, Op.class));
  }

  @SuppressWarnings("rawtypes") // a service is named by its raw class
  private static OpRegistry load(ServiceLoader<Op> loader) {
    ProviderScan scan = new ProviderScan();
    scan.addAll(loader);
    return new OpRegistry(scan.entries(), scan.failures());
  }

  /** Just these ops. */
  public static OpRegistry of(Op<?>... ops) {
    OpRegistry registry = new OpRegistry(Map.of(), List.of());
    for (Op<?> op : ops) {
      registry = registry.with(op);
    }
    return registry;
  }

  /** This registry and one more op, whose name must be free. */
  public OpRegistry with(Op<?> op) {
    ProviderScan.check(op);
    Entry entry = new Entry(op, Provenance.of(op.getClass()));
    Map<OpId, Entry> all = new HashMap<>(entries);
    Entry earlier = all.putIfAbsent(op.id(), entry);
    if (earlier != null) {
      throw ProviderScan.twice(op.id(), earlier.provenance(), entry.provenance());
    }
    return new OpRegistry(all, failures);
  }

  /** This registry with another op in place of a registered one: the only way to override. */
  public OpRegistry replacing(String name, Op<?> op) {
    ProviderScan.check(op);
    OpId id = OpId.of(name);
    if (!entries.containsKey(id)) {
      throw unknown(id);
    }
    if (!op.id().equals(id)) {
      throw new GraphException.BadProvider(
          "The op that replaces '"
              + name
              + "' has the name '"
              + op.id()
              + "'; it must keep the name.");
    }
    Map<OpId, Entry> all = new HashMap<>(entries);
    all.put(id, new Entry(op, Provenance.of(op.getClass())));
    return new OpRegistry(all, failures);
  }

  /** All ops, by name. */
  public ImmutableMap<OpId, Entry> entries() {
    return entries;
  }

  /** The providers that could not be loaded, each with the reason. */
  public ImmutableList<String> failures() {
    return failures;
  }

  @Override
  public Op<?> op(OpId id) {
    Entry entry = entries.get(id);
    return entry == null ? made(id) : entry.op();
  }

  private Op<?> made(OpId id) {
    String suffix = "." + ViewAdjoint.SUFFIX;
    if (id.name().endsWith(suffix)) {
      OpId base = OpId.of(id.name().substring(0, id.name().length() - suffix.length()));
      if (op(base) instanceof View<?> view) {
        return new ViewAdjoint<>(view);
      }
    }
    throw unknown(id);
  }

  @Override
  public String provider(OpId id) {
    OpId base = OpId.of(id.name().replaceAll("\\..*", ""));
    Entry entry = entries.get(base);
    return entry == null ? "not registered" : entry.provenance().toString();
  }

  private GraphException unknown(OpId id) {
    Map<String, String> providers = new HashMap<>();
    entries.forEach((known, entry) -> providers.put(known.name(), entry.provenance().provider()));
    List<String> near =
        NearNames.of(id.name().substring(id.name().indexOf(':') + 1), providers.keySet()).stream()
            .map(name -> "'" + name + "' (" + providers.get(name) + ")")
            .toList();
    Map<String, Long> counts =
        entries.values().stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.provenance().provider(), TreeMap::new, Collectors.counting()));
    String summary =
        entries.isEmpty()
            ? "no ops at all; is ops-core on the module path or class path?"
            : entries.size()
                + " ops from "
                + counts.entrySet().stream()
                    .map(e -> e.getKey() + " (" + e.getValue() + ")")
                    .collect(Collectors.joining(", "))
                + ".";
    return new GraphException.UnknownOp(id.name(), near, summary, failures);
  }

  @Override
  public String toString() {
    return Arrays.toString(entries.keySet().toArray());
  }
}
