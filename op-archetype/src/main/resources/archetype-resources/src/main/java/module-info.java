/** The ops of ${artifactId}. */
module ${package} {
  requires io.deltagraph.engine;

  provides io.deltagraph.graph.Op with
      ${package}.${opClass};
}
