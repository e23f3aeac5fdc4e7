package io.deltagraph.graph;

/** The line of source that made a value. */
public record Site(String file, int line) {
  /** Where sites are not recorded, or there is none outside of libraries. */
  public static final Site UNKNOWN = new Site("", 0);

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Looked up for each node of a graph, several times. */
  private static final ClassValue<Boolean> LIBRARY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          Package home = type.getPackage();
          return type.getPackageName().startsWith("java.")
              || Op.class.isAssignableFrom(type)
              || (home != null && home.isAnnotationPresent(GraphLibrary.class));
        }
      };

  /** The first frame that belongs neither to a library of graphs, nor to an op, nor to the JDK. */
  static Site caller() {
    return WALKER.walk(frames ->
        frames
            .filter(frame -> !LIBRARY.get(frame.getDeclaringClass()))
            .findFirst()
            .map(frame -> new Site(String.valueOf(frame.getFileName()), frame.getLineNumber()))
            .orElse(UNKNOWN));
  }

  @Override
  public String toString() {
    return equals(UNKNOWN) ? "unknown line" : file + ":" + line;
  }
}
