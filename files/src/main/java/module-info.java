/** Graphs and tensors as files that are checked before they are believed. */
module io.deltagraph.files {
  requires com.google.common;
  requires com.fasterxml.jackson.core;
  requires transitive io.deltagraph.engine;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.files;
}
