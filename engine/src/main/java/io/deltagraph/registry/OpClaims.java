package io.deltagraph.registry;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
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
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which op has which name: one op per name, the others become failures. Built-in ops always stay.
 *
 * @param entries the ops by name
 * @param failures what was left out
 */
record OpClaims(Map<OpId, OpRegistry.Entry> entries, List<ProviderFailure> failures) {
  OpClaims {
    entries = ImmutableMap.copyOf(entries);
    failures = ImmutableList.copyOf(failures);
  }

  /** The ops that were found, of which several may claim one name. */
  @SuppressWarnings("rawtypes") // a service is named by its raw class
  static OpClaims of(Catalogue.Found<Op> found) {
    ListMultimap<OpId, OpRegistry.Entry> all = ArrayListMultimap.create();
    for (Catalogue.Provided<Op> provided : found.provided()) {
      Op<?> op = provided.plugin();
      all.put(op.id(), new OpRegistry.Entry(op, provided.provenance()));
    }
    List<ProviderFailure> failures = new ArrayList<>(found.failures());
    Map<OpId, OpRegistry.Entry> entries = settle(all, failures);
    return new OpClaims(entries, failures);
  }

  private static Map<OpId, OpRegistry.Entry> settle(
      ListMultimap<OpId, OpRegistry.Entry> all, List<ProviderFailure> failures) {
    Map<OpId, OpRegistry.Entry> entries = new HashMap<>();
    all.asMap()
        .forEach((id, claims) -> {
          List<OpRegistry.Entry> own = claims.stream().filter(OpClaims::isOwn).toList();
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
        && (type.getModule().isNamed()
            || PluginSource.engineLoader().equals(type.getClassLoader()));
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
    if (op.id().name().indexOf('.') >= 0) {
      throw new GraphException.BadProvider(
          "its id '%s' has a suffix, by which ops that are made from others are called. Call it '%s'."
              .formatted(op.id(), op.id().name().replace('.', '_')));
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
          "it is of two kinds, %s. Choose one.".formatted(String.join(" and ", kinds)));
    }
  }
}
