import io.deltagraph.backend.Backend;
import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.graph.Op;
import io.deltagraph.reference.ReferenceBackend;
import io.deltagraph.rewrite.RewriteRule;

/**
 * Types, tensors, expression graphs, the op SPI, the registry, gradients, rewriting, plans, the
 * contract of backends, and sessions.
 */
module io.deltagraph.engine {
  requires com.google.common;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires jdk.management;

  exports io.deltagraph.backend;
  exports io.deltagraph.exchange;
  exports io.deltagraph.gradient;
  exports io.deltagraph.graph;
  exports io.deltagraph.plan;
  exports io.deltagraph.registry;
  exports io.deltagraph.rewrite;
  exports io.deltagraph.runtime;
  exports io.deltagraph.tensor;
  exports io.deltagraph.type;

  uses Backend;
  uses OnnxForms;
  uses Op;
  uses RewriteRule;

  provides Backend with
      ReferenceBackend;
}
