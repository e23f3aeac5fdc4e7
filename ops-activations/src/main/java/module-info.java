/** Activation functions, each a plugin of the engine. */
module io.deltagraph.activations {
  requires transitive io.deltagraph.engine;
  requires io.deltagraph.ops;
  requires static transitive org.jspecify;
}
