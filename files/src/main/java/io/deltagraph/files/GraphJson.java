package io.deltagraph.files;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.OpLookup;
import java.io.StringReader;

/**
 * Graphs as JSON text. Nodes are listed so that inputs come before their uses; each names its op,
 * attributes, the positions of its inputs, and its type. Types are inferred anew when the text is
 * read and must agree. A named dimension stays a name, and one of several outputs of an op is its
 * name.
 */
public final class GraphJson {
  static final String FORMAT = "deltagraph-graph";

  /** The version without outputs by name, which is written wherever it will do. */
  static final int OLDEST = 1;

  /** The version in which a node names the one of several outputs that it is. */
  static final int VERSION = 2;

  private static final int BROKEN_LEVELS = 2;
  private static final String SOURCE = "graph JSON";

  private GraphJson() {}

  /**
   * The JSON of a graph: one line per node.
   *
   * @throws ModelFileException if the graph holds raw backward rules, ops that are not registered,
   *     or more than a file may
   */
  public static String write(Graph graph) throws ModelFileException {
    return GraphWriter.json(BROKEN_LEVELS, SOURCE, out -> GraphWriter.write(out, graph, SOURCE));
  }

  /**
   * The graph that {@link #write} wrote, its ops found by name.
   *
   * @throws ModelFileException if the text is not such a graph; the cause is the engine's own error
   *     where an op is unknown or refuses its inputs
   */
  public static Graph read(String json, OpLookup ops) throws ModelFileException {
    if (json.length() > Limits.JSON_BYTES) {
      throw new ModelFileException(
          "It has " + json.length() + " characters, more than " + Limits.JSON_BYTES + ".",
          SOURCE,
          "",
          ModelFileException.RESTORE,
          null);
    }
    try (JsonInput in = JsonInput.of(new StringReader(json), SOURCE)) {
      Graph graph = GraphReader.read(in, ops);
      in.end();
      return graph;
    }
  }
}
