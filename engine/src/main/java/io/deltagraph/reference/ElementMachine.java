package io.deltagraph.reference;

import io.deltagraph.backend.Strided;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import java.util.List;

/**
 * Runs a lane program over a block of elements: loaded from buffers, computed, stored in buffers.
 * Used by one thread at a time.
 */
sealed interface ElementMachine permits LaneMachine, FloatMachine {

  /** A machine in single precision where the program is, which halves the work; else in double. */
  static ElementMachine of(LaneProgram program, List<DType> inputs, int block) {
    return FloatMachine.takes(program, inputs)
        ? new FloatMachine(program, block)
        : new LaneMachine(program, block);
  }

  /**
   * Loads positions {@code from} to {@code from + count} of an input to the elements from {@code
   * at} on.
   *
   * @param base by how many elements the positions are shifted
   */
  void load(int input, Strided layout, TensorBuffer source, int base, int from, int count, int at);

  /** Computes the first {@code count} elements. */
  void run(int count);

  /** Stores the first {@code count} elements of an output from a place on. */
  void store(int output, TensorBuffer to, int at, int count);
}
