/**
 * Regression and multilayer perceptrons as graphs; data, training, metrics, gradient checks and
 * model files.
 */
module io.deltagraph.models {
  requires transitive io.deltagraph.check;
  requires transitive io.deltagraph.engine;
  requires transitive io.deltagraph.optimizers;
  requires io.deltagraph.closedform;
  requires transitive io.deltagraph.losses;
  requires transitive io.deltagraph.activations;
  requires transitive io.deltagraph.ops;
  requires transitive com.google.common;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.models.crosscheck;
  exports io.deltagraph.models.data;
  exports io.deltagraph.models.experiment;
  exports io.deltagraph.models.file;
  exports io.deltagraph.models.metrics;
  exports io.deltagraph.models.network;
  exports io.deltagraph.models.saved;
  exports io.deltagraph.models.spec;
  exports io.deltagraph.models.training;

  // Its records are read from and written to JSON; no others, and no class is named by a file.
  opens io.deltagraph.models.saved to
      com.fasterxml.jackson.databind;
}
