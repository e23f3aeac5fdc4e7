package io.deltagraph.serving;

import io.deltagraph.data.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A format of other programs that saved models can be written in, provided as a service. */
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
