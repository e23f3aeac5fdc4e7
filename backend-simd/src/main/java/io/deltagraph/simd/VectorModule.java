package io.deltagraph.simd;

import io.deltagraph.graph.GraphException;
import java.lang.module.ModuleFinder;

/**
 * The module of the JDK's Vector API. Since it is incubating, a JVM has it only if the command line
 * asks for it, and then starts more slowly: it cannot use its archive of modules and classes. With
 * {@code --add-exports java.base/jdk.internal.module=io.deltagraph.simd} on the command line, the
 * module is loaded when it is first needed instead.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";
  private static final String SWITCH = "deltagraph.vectors";
  private static final String LOADER = "jdk.internal.module";
  private static final Module OWN = VectorModule.class.getModule();

  private VectorModule() {}

  /**
   * Checks that the module is there or can be loaded.
   *
   * @throws IllegalStateException saying which flag is missing, if not
   */
  static void require() {
    if (System.getProperty(SWITCH, "on").equals("off")) {
      throw new GraphException.BadProvider(
          "vectors are switched off by -D%s=off, so that work is done by plain loops, which give the same numbers more slowly."
              .formatted(SWITCH));
    }
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

  /** Loads the module if it is not there. Classes that use vectors must not be loaded before. */
  static synchronized void load() {
    if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
      try {
        // The JVM itself loads modules late by this method, such as that of agents.
        Class<?> modules = Class.forName(LOADER + ".Modules");
        Module vectors = (Module) modules.getMethod("loadModule", String.class).invoke(null, NAME);
        OWN.addReads(vectors);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("The module " + NAME + " does not load.", e);
      }
    }
  }
}
