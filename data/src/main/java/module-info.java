/** Tables, their columns, splits and scaling, and scores of predictions. */
module io.deltagraph.data {
  requires com.google.common;
  requires de.siegmar.fastcsv;
  requires transitive io.deltagraph.engine;
  requires transitive io.deltagraph.random;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.data;
  exports io.deltagraph.data.metrics;
}
