package io.deltagraph.graph;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/** The line of source that made a value. */
public record Site(String file, int line) {
  /** Where sites are not recorded, or there is none outside the engine. */
  public static final Site UNKNOWN = new Site("", 0);

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final Set<String> PROJECT =
      ImmutableSet.of(
          "type",
          "tensor",
          "graph",
          "registry",
          "gradient",
          "rewrite",
          "plan",
          "runtime",
          "print",
          "check",
          "ops",
          "activations",
          "losses",
          "optimizers");
  private static final String ROOT = "io.deltagraph.";

  /** The first frame that belongs neither to the engine, nor to an op, nor to the JDK. */
  static Site caller() {
    return WALKER.walk(frames ->
        frames
            .filter(frame -> isUser(frame.getDeclaringClass()))
            .findFirst()
            .map(frame -> new Site(String.valueOf(frame.getFileName()), frame.getLineNumber()))
            .orElse(UNKNOWN));
  }

  private static boolean isUser(Class<?> type) {
    String packageName = type.getPackageName();
    boolean engine =
        packageName.startsWith(ROOT)
            && PROJECT.contains(packageName.substring(ROOT.length()))
            && !type.getName().contains("Test");
    return !engine && !packageName.startsWith("java.") && !Op.class.isAssignableFrom(type);
  }

  @Override
  public String toString() {
    return equals(UNKNOWN) ? "unknown line" : file + ":" + line;
  }
}
