/** The training step of a net and the loop that repeats it. */
module io.deltagraph.training {
  requires com.google.common;
  requires io.deltagraph.files;
  requires transitive io.deltagraph.models;
  requires transitive io.deltagraph.optimizers;
  requires transitive io.deltagraph.random;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.training;
}
