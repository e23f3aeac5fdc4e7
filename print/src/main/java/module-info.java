/** Graphs as text, LaTeX and DOT. */
module io.deltagraph.print {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.print;
}
