/**
 * Types, tensors, expression graphs, the op SPI, the registry, gradients, rewriting, plans and the
 * reference executor.
 */
module io.deltagraph.engine {
  requires com.fasterxml.jackson.databind;
  requires transitive com.google.common;
  requires static transitive org.jspecify;
}
