/**
 * The core ops: arithmetic, linear algebra, reductions and shape ops, each a plugin of the engine.
 */
module io.deltagraph.ops {
  requires transitive io.deltagraph.engine;
  requires static transitive org.jspecify;
}
