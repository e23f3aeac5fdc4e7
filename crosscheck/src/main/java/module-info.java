/** The gradients of a net by three roads, set beside each other. */
module io.deltagraph.crosscheck {
  requires com.google.common;
  requires io.deltagraph.losses;
  requires io.deltagraph.activations;
  requires transitive io.deltagraph.check;
  requires io.deltagraph.closedform;
  requires transitive io.deltagraph.models;
  requires transitive io.deltagraph.training;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.crosscheck;
}
