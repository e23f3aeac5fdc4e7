/** Derivations as a textbook writes them: made, read, written and marked. */
module io.deltagraph.derivations {
  requires com.google.common;
  requires io.deltagraph.losses;
  requires transitive io.deltagraph.ops;
  requires io.deltagraph.random;
  requires transitive io.deltagraph.check;
  requires transitive io.deltagraph.models;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.derivations.explain;
  exports io.deltagraph.derivations.language;
  exports io.deltagraph.derivations.marking;
}
