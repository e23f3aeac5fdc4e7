/** Regressions and multilayer perceptrons as functions that build graphs. */
module io.deltagraph.models {
  requires com.google.common;
  requires io.deltagraph.activations;
  requires transitive io.deltagraph.engine;
  requires io.deltagraph.losses;
  requires io.deltagraph.ops;
  requires transitive io.deltagraph.random;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.models;
}
