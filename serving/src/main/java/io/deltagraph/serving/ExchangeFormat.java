package io.deltagraph.serving;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.data.CsvTable;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A format of other programs that saved models can be written in and read from, provided as a
 * service.
 */
public interface ExchangeFormat {
  /** What it is called, such as {@code onnx}. */
  String name();

  /**
   * A model in this format, not yet on disk.
   *
   * @param version of the format's ops; the usual one if none is given
   * @throws IOException naming what the format cannot hold
   */
  Exported export(SavedModel model, OptionalInt version) throws IOException;

  /**
   * Reads a file of this format.
   *
   * @param name what to call the model
   * @param ops where the graph's ops are found
   * @throws IOException naming what is wrong with the file, or what is not read here
   */
  Imported read(Path file, String name, OpLookup ops) throws IOException;

  /**
   * What was read from a file.
   *
   * @param writer the program that wrote it, empty if it does not say
   * @param version of the format's ops
   * @param operators how often each operator of the format stands in it, by name
   * @param graph the file's graph
   * @param parameters a tensor for each of the graph's parameters
   * @param leftOut outputs that no graph here has, such as names of classes
   * @param table the model as one for tables; empty if it does not go from one matrix of rows to
   *     another
   */
  record Imported(
      String writer,
      int version,
      Map<String, Integer> operators,
      Graph graph,
      Map<String, Tensor> parameters,
      List<String> leftOut,
      Optional<SavedModel> table) {

    /** Copies. */
    public Imported {
      operators = ImmutableMap.copyOf(operators);
      parameters = ImmutableMap.copyOf(parameters);
      leftOut = List.copyOf(leftOut);
    }
  }

  /** A model in a format. */
  interface Exported {
    /** The version of the format's ops. */
    int version();

    /** How many nodes there are. */
    int nodes();

    /** The names of the inputs, in order. */
    List<String> inputs();

    /** The names of the outputs, in order. */
    List<String> outputs();

    /**
     * Writes the file, replacing any of that name, or leaves everything as it was.
     *
     * @throws IOException if it cannot be written
     */
    void save(Path file) throws IOException;

    /**
     * Runs the file in another program and compares each value with this one's.
     *
     * @param program the jar of the other program; none if it is on this one's path
     * @param table rows to run it on, beside random ones
     * @param seed of the random rows
     * @throws IOException if the other program is not there, or refuses the file
     */
    List<Compared> compare(Optional<Path> program, Optional<CsvTable> table, long seed)
        throws IOException;
  }

  /**
   * How far a value of the graph lies from the other program's, in units of what is larger than 1.
   *
   * @param name of the value in the file
   * @param op that gives it
   * @param type of the value
   * @param random the largest difference on random rows
   * @param rows the largest difference on the table's rows; 0 without a table
   * @param bound what rounding explains
   */
  record Compared(String name, String op, String type, double random, double rows, double bound) {
    /** Whether both differences are explained by rounding. */
    public boolean agrees() {
      return random <= bound && rows <= bound;
    }
  }
}
