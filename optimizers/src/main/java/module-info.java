/** Optimizers whose step is a graph with named state, schedules, clipping and projections. */
module io.deltagraph.optimizers {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.optimizers;
}
