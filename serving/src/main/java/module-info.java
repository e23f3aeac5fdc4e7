/** Trained models that are kept, and what turns a table into their predictions. */
module io.deltagraph.serving {
  requires com.google.common;
  requires com.fasterxml.jackson.databind;
  requires static jdk.httpserver; // only where a model is served
  requires transitive io.deltagraph.data;
  requires transitive io.deltagraph.files;
  requires transitive io.deltagraph.models;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.serving;
  exports io.deltagraph.serving.http;

  // Its records are read from and written to JSON; no others, and no class is named by a file.
  opens io.deltagraph.serving to
      com.fasterxml.jackson.databind;
}
