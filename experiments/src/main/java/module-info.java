/** Specs and the runs that they ask for. */
module io.deltagraph.experiments {
  requires com.google.common;
  requires io.deltagraph.losses;
  requires io.deltagraph.activations;
  requires com.fasterxml.jackson.databind;
  requires transitive io.deltagraph.crosscheck;
  requires transitive io.deltagraph.data;
  requires transitive io.deltagraph.models;
  requires transitive io.deltagraph.optimizers;
  requires transitive io.deltagraph.serving;
  requires transitive io.deltagraph.training;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.experiments;
  exports io.deltagraph.experiments.spec;
}
