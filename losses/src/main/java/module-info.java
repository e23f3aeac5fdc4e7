/** Losses and penalties, each a plugin of the engine that states its reduction. */
module io.deltagraph.losses {
  requires transitive io.deltagraph.engine;
  requires io.deltagraph.activations;
  requires io.deltagraph.ops;
  requires static transitive org.jspecify;
}
