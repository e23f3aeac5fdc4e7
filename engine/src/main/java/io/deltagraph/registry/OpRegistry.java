package io.deltagraph.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.View;
import io.deltagraph.graph.ViewAdjoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The ops that are known, by name: an immutable value, of which there may be many.
 *
 * <p>Loading never fails. A provider that cannot be used is left out and recorded in {@link
 * #failures}, and the rest work: one whose class does not load or whose constructor throws, one
 * without a name, one of two kinds, one that takes a built-in op's name. Of two strangers that take
 * one name neither is used. Looking up an op that is missing mentions the failures that may be why.
 *
 * <p>One case lies outside: a jar on the application's own module path whose module requires
 * another that is not there stops the Java virtual machine before any of this runs ({@code
 * java.lang.module.FindException}). Jars given by path, to {@link Catalogue#load(List, Predicate)},
 * are free of this.
 */
public final class OpRegistry implements OpLookup {
  private static final int MOST_FAILURES = 3;

  /** An op and where it comes from. */
  public record Entry(Op<?> op, Provenance provenance) {}

  private final ImmutableSortedMap<OpId, Entry> entries;
  private final List<ProviderFailure> failures;

  private final Catalogue catalogue;

  private OpRegistry(
      Map<OpId, Entry> entries, List<ProviderFailure> failures, Catalogue catalogue) {
    this.entries = ImmutableSortedMap.copyOf(entries);
    this.failures = ImmutableList.copyOf(failures);
    this.catalogue = catalogue;
  }

  private OpRegistry(OpClaims claims, Catalogue catalogue) {
    this(claims.entries(), claims.failures(), catalogue);
  }

  OpRegistry(Catalogue catalogue) {
    this(OpClaims.of(catalogue.find(Op.class)), catalogue);
  }

  /** The ops of {@link Catalogue#load()}. */
  public static OpRegistry load() {
    return Catalogue.load().ops();
  }

  /** The ops of {@link Catalogue#load(ClassLoader)}. */
  public static OpRegistry load(ClassLoader loader) {
    return Catalogue.load(loader).ops();
  }

  /** The ops of {@link Catalogue#load(ModuleLayer)}. */
  public static OpRegistry load(ModuleLayer layer) {
    return Catalogue.load(layer).ops();
  }

  /** The ops of {@link Catalogue#load(List, Predicate)}. */
  public static OpRegistry load(List<Path> jars, Predicate<Provenance> allowed) {
    return Catalogue.load(jars, allowed).ops();
  }

  /** Just these ops, beside the backends and rewrite rules of {@link Catalogue#load()}. */
  public static OpRegistry of(Op<?>... ops) {
    OpRegistry registry = new OpRegistry(Map.of(), List.of(), Catalogue.load());
    for (Op<?> op : ops) {
      registry = registry.with(op);
    }
    return registry;
  }

  /** This registry and one more op, whose name must be free. */
  public OpRegistry with(Op<?> op) {
    checkNamed(op);
    Entry entry = new Entry(op, Provenance.of(op.getClass()));
    Map<OpId, Entry> all = new HashMap<>(entries);
    Entry earlier = all.putIfAbsent(op.id(), entry);
    if (earlier != null) {
      throw new GraphException.BadProvider(
          "Two providers give the op '%s': %s and %s. Remove one of them, or choose with OpRegistry.replacing."
              .formatted(op.id(), earlier.provenance(), entry.provenance()));
    }
    return new OpRegistry(all, failures, catalogue);
  }

  /** This registry with another op in place of a registered one: the only way to override. */
  public OpRegistry replacing(String name, Op<?> op) {
    checkNamed(op);
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
    return new OpRegistry(all, failures, catalogue);
  }

  private static void checkNamed(Op<?> op) {
    try {
      OpClaims.check(op);
    } catch (GraphException.BadProvider e) {
      throw new GraphException.BadProvider(Provenance.of(op.getClass()) + ": " + e.getMessage());
    }
  }

  /** Where the ops were found, and with them plugins of every other kind. */
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public <S> List<S> plugins(Class<S> service) {
    return catalogue.find(service).plugins();
  }

  /** All ops, by name. */
  public Map<OpId, Entry> entries() {
    return entries;
  }

  /** The providers that were left out, each with the reason. */
  public List<ProviderFailure> failures() {
    return failures;
  }

  @Override
  public Op<?> op(OpId id) {
    Entry entry = entries.get(id);
    return entry == null ? made(id) : entry.op();
  }

  @Override
  public List<OpId> ids() {
    return entries.keySet().asList();
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
  public String provider(Op<?> op) {
    OpId base = OpId.of(op.id().name().replaceAll("\\..*", ""));
    Entry entry = entries.get(base);
    if (entry != null) {
      return entry.provenance().toString();
    }
    return base.equals(op.id())
        ? Provenance.of(op.getClass()) + ", applied without being registered"
        : "made by '" + base + "', which is not registered";
  }

  private GraphException unknown(OpId id) {
    Map<String, String> providers = new HashMap<>();
    entries.forEach((known, entry) -> providers.put(known.name(), entry.provenance().provider()));
    List<String> near =
        near(id.name().substring(id.name().indexOf(':') + 1), providers.keySet()).stream()
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
    return new GraphException.UnknownOp(id.name(), near, summary, suspects(id));
  }

  /** The ops that others call so, else those of names that are nearly so. */
  private List<String> near(String asked, Collection<String> names) {
    List<String> known =
        entries.values().stream()
            .map(Entry::op)
            .filter(op -> op.synonyms().contains(asked))
            .map(op -> op.id().name())
            .toList();
    return known.isEmpty() ? NearNames.of(asked, names) : known;
  }

  /** The failures that are worth telling, first those that may be why an op is missing. */
  private List<String> suspects(OpId id) {
    List<String> told = new ArrayList<>();
    failures.stream()
        .sorted(Comparator.comparing(failure -> !failure.mayProvide(id)))
        .limit(MOST_FAILURES)
        .forEach(failure -> told.add(failure.toString()));
    int more = failures.size() - told.size();
    if (more > 0) {
      told.add(
          told.removeLast()
              + "\n  Further providers failed to load: "
              + more
              + ", which OpRegistry.failures lists.");
    }
    return told;
  }

  @Override
  public String toString() {
    return Arrays.toString(entries.keySet().toArray());
  }
}
