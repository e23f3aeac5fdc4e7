package io.deltagraph.graph;

import com.google.common.collect.ImmutableSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The line of source that made a value. */
public record Site(String file, int line) {
  /** Where sites are not recorded, or there is none outside of libraries. */
  public static final Site UNKNOWN = new Site("", 0);

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Of the JDK and of what runs programs in other languages, which calls on their behalf. */
  private static final Set<String> RUNTIMES =
      ImmutableSet.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "groovy.",
          "org.codehaus.groovy.",
          "org.apache.groovy.",
          "kotlin.",
          "scala.",
          "clojure.");

  /** The files that jshell makes of what is typed have lines that nobody has typed. */
  private static final String JSHELL = "$JShell$";

  /** Looked up for each node of a graph, several times. */
  private static final ClassValue<Boolean> LIBRARY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          Package home = type.getPackage();
          return RUNTIMES.stream().anyMatch(type.getName()::startsWith)
              || Op.class.isAssignableFrom(type)
              || (home != null && home.isAnnotationPresent(GraphLibrary.class));
        }
      };

  /**
   * The first frame that belongs neither to a library of graphs, nor to an op, nor to the JDK or
   * another language's runtime; unknown where that one's line is none of the user's.
   */
  static Site caller() {
    return WALKER.walk(frames ->
        frames
            .filter(frame -> !LIBRARY.get(frame.getDeclaringClass()))
            .findFirst()
            .filter(frame -> isFile(frame.getFileName()) && frame.getLineNumber() > 0)
            .filter(frame -> !frame.getDeclaringClass().getName().contains(JSHELL))
            .map(frame -> new Site(String.valueOf(frame.getFileName()), frame.getLineNumber()))
            .orElse(UNKNOWN));
  }

  /** Other shells, such as Scala's and Clojure's, name what has no ending, as no file of source. */
  private static boolean isFile(@Nullable String name) {
    return name != null && name.contains(".");
  }

  @Override
  public String toString() {
    return equals(UNKNOWN) ? "unknown line" : file + ":" + line;
  }
}
