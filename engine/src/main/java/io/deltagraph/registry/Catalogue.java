package io.deltagraph.registry;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All plugins that are there: ops, rewrite rules, backends, and whatever else is provided as a
 * service. They are looked for in the same places, kept apart in the same way and told of in the
 * same words; each kind is looked for once, when it is first asked for.
 *
 * <p>Looking never fails. A provider that cannot be used is left out and recorded with its reason,
 * and the rest work. What is wrong with a kind other than ops, whose look-ups mention it, is logged
 * as one warning each.
 */
public final class Catalogue {

  /** A plugin and where it comes from. */
  public record Provided<S>(S plugin, Provenance provenance) {}

  /**
   * What was found of one kind.
   *
   * @param provided the plugins, in the order in which they were found
   * @param failures the providers that were left out, each with the reason
   */
  public record Found<S>(List<Provided<S>> provided, List<ProviderFailure> failures) {
    public Found {
      provided = ImmutableList.copyOf(provided);
      failures = ImmutableList.copyOf(failures);
    }

    /** The plugins alone. */
    public List<S> plugins() {
      return provided.stream().map(Provided::plugin).toList();
    }
  }

  private final List<PluginSource> sources;
  private final Predicate<Provenance> allowed;
  private final Map<Class<?>, Found<?>> found = new HashMap<>();

  private Catalogue(List<PluginSource> sources, Predicate<Provenance> allowed) {
    this.sources = ImmutableList.copyOf(sources);
    this.allowed = allowed;
  }

  /**
   * All plugins that the current thread's class loader or the engine's own sees. The second matters
   * where a framework starts threads with a class loader that knows nothing of the application's.
   */
  public static Catalogue load() {
    ClassLoader own = PluginSource.engineLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    for (ClassLoader loader = context; loader != null; loader = loader.getParent()) {
      if (loader.equals(own)) {
        return load(context);
      }
    }
    List<PluginSource> sources = new ArrayList<>(List.of(new PluginSource.Loader(own)));
    if (context != null) {
      sources.add(new PluginSource.Loader(context));
    }
    return new Catalogue(sources, any -> true);
  }

  /** All plugins that a class loader sees. */
  public static Catalogue load(ClassLoader loader) {
    return new Catalogue(List.of(new PluginSource.Loader(loader)), any -> true);
  }

  /** All plugins of a module layer and its parents. */
  public static Catalogue load(ModuleLayer layer) {
    return new Catalogue(List.of(new PluginSource.Layer(layer)), any -> true);
  }

  /**
   * All plugins that the engine's own class loader sees, and those of some jars. Each jar is apart
   * from the others, so that its libraries meet nobody else's: a module in a layer of its own, any
   * other jar in a class loader of its own. What a jar needs and does not have is looked for in the
   * other jars.
   *
   * @param jars the jars' paths; one that is missing or no jar becomes a failure
   * @param allowed which providers to take: of others not even the constructor runs. {@link
   *     Provenance#isBuiltIn} leaves out all strangers
   */
  public static Catalogue load(List<Path> jars, Predicate<Provenance> allowed) {
    List<PluginSource> sources = new ArrayList<>();
    sources.add(new PluginSource.Loader(PluginSource.engineLoader()));
    sources.addAll(PluginJars.sources(jars));
    return new Catalogue(sources, allowed);
  }

  /** The ops, by name. */
  public OpRegistry ops() {
    return new OpRegistry(this);
  }

  /**
   * What there is of one kind of plugin. The module that defines the service has to declare that it
   * {@code uses} it, so that modules which provide it are resolved.
   */
  @SuppressWarnings("unchecked") // what is kept under a class was found for it
  public synchronized <S> Found<S> find(Class<S> service) {
    Found<?> known = found.get(service);
    if (known == null) {
      Catalogue.class.getModule().addUses(service);
      ProviderScan<S> scan = new ProviderScan<>(service, allowed);
      sources.forEach(source -> source.addTo(scan));
      known = scan.found();
      found.put(service, known);
      if (service != Op.class) {
        System.Logger logger = System.getLogger(Catalogue.class.getName());
        known
            .failures()
            .forEach(failure -> logger.log(System.Logger.Level.WARNING, "Left out: " + failure));
      }
    }
    return (Found<S>) known;
  }
}
