package io.deltagraph.simd;

import io.deltagraph.graph.GraphException;
import java.lang.module.ModuleFinder;

/**
 * The JDK's module of vectors. It incubates, so that a JVM has it only if asked to, and then starts
 * slowly: the archive of its modules does not fit any more. Where the command line allows it
 * ({@code --add-exports java.base/jdk.internal.module=io.deltagraph.simd}), it is loaded when it is
 * first needed instead.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";
  private static final String LOADER = "jdk.internal.module";
  private static final Module OWN = VectorModule.class.getModule();

  private VectorModule() {}

  /** Says what to do if the module can neither be found nor loaded. */
  static void require() {
    if (!isWithinReach()) {
      throw new GraphException.BadProvider(
          "the JVM was started without the module %s, so that work is done by plain loops, which give the same numbers more slowly. Start java with --add-modules %s."
              .formatted(NAME, NAME));
    }
  }

  /** Whether the module is there or can be loaded. */
  static boolean isWithinReach() {
    return ModuleLayer.boot().findModule(NAME).isPresent()
        || (Object.class.getModule().isExported(LOADER, OWN)
            && ModuleFinder.ofSystem().find(NAME).isPresent());
  }

  /** Loads the module if it is not there; before this, no class with vectors may be touched. */
  static synchronized void load() {
    if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
      try {
        // What the JVM itself does for modules that it needs late, such as that of agents.
        Class<?> modules = Class.forName(LOADER + ".Modules");
        Module vectors = (Module) modules.getMethod("loadModule", String.class).invoke(null, NAME);
        OWN.addReads(vectors);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("The module " + NAME + " does not load.", e);
      }
    }
  }
}
