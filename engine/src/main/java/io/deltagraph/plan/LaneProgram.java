package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.type.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lanes as straight-line code over registers. Equal expressions are computed once. EXP, LOG, LOG1P,
 * EXPM1, TANH and ERF are expanded into the words that all backends give the same bits for. The
 * registers are the inputs, then the outputs, then the constants, then temporaries; an instruction
 * may write to a register that it reads, and writes an output at most once.
 *
 * @param inputs the number of input registers
 * @param outputs the number of output registers
 * @param constants what the constant registers hold
 * @param registers the number of all registers
 * @param code what is done, in order
 */
public record LaneProgram(
    int inputs, int outputs, List<Double> constants, int registers, List<Instruction> code) {
  public LaneProgram {
    constants = ImmutableList.copyOf(constants);
    code = ImmutableList.copyOf(code);
  }

  /**
   * One operation. Its result is rounded to {@code dtype}.
   *
   * @param op what is done; a CAST to the same type copies
   * @param dtype the type of the result
   * @param arguments the registers read
   * @param target the register written
   */
  public record Instruction(LaneOp op, DType dtype, List<Integer> arguments, int target) {
    public Instruction {
      arguments = ImmutableList.copyOf(arguments);
    }
  }

  /** What makes two lanes equal: their numbers stand for their arguments. */
  private record Key(LaneOp op, DType dtype, List<Integer> arguments, int input, long value) {}

  /** One distinct lane. */
  private record Node(Lane lane, List<Integer> arguments) {}

  /** The same program with that input before all others. */
  LaneProgram withFirst(int input) {
    ImmutableList.Builder<Instruction> moved = ImmutableList.builder();
    for (Instruction instruction : code) {
      ImmutableList.Builder<Integer> arguments = ImmutableList.builder();
      for (int argument : instruction.arguments()) {
        arguments.add(argument == input ? 0 : argument < input ? argument + 1 : argument);
      }
      moved.add(
          new Instruction(
              instruction.op(), instruction.dtype(), arguments.build(), instruction.target()));
    }
    return new LaneProgram(inputs, outputs, constants, registers, moved.build());
  }

  /** Whether the only output is the first input, or that cast to another type. */
  public boolean isCopy() {
    return outputs == 1
        && code.size() == 1
        && code.get(0).op() == LaneOp.CAST
        && code.get(0).arguments().get(0) == 0;
  }

  /** The program that computes {@code outputs} from {@code inputs} inputs. */
  public static LaneProgram of(int inputs, List<Lane> outputs) {
    return new Compiler(inputs, outputs).compile();
  }

  private static final class Compiler {
    private final int inputs;
    private final List<Lane> outputs;
    private final List<Node> nodes = new ArrayList<>();
    private final IdentityHashMap<Lane, Integer> numbers = new IdentityHashMap<>();
    private final Map<Key, Integer> known = new HashMap<>();
    private final Map<Long, Integer> constantRegisters = new HashMap<>();
    private final List<Double> constants = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int registers;

    Compiler(int inputs, List<Lane> outputs) {
      this.inputs = inputs;
      this.outputs = outputs;
    }

    LaneProgram compile() {
      outputs.forEach(this::number);
      int[] target = new int[nodes.size()];
      int[] lastUse = new int[nodes.size()];
      Arrays.fill(target, -1);
      registers = inputs + outputs.size();
      for (int i = 0; i < nodes.size(); i++) {
        Lane lane = nodes.get(i).lane();
        if (lane.op() == LaneOp.INPUT) {
          target[i] = lane.input();
        } else if (lane.op() == LaneOp.CONSTANT) {
          target[i] = constant(lane.value());
        }
        for (int argument : nodes.get(i).arguments()) {
          lastUse[argument] = i;
        }
      }
      for (int o = 0; o < outputs.size(); o++) {
        int node = number(outputs.get(o));
        if (target[node] < 0) {
          target[node] = inputs + o;
        }
      }
      ImmutableList.Builder<Instruction> code = ImmutableList.builder();
      int firstTemporary = registers;
      for (int i = 0; i < nodes.size(); i++) {
        Node node = nodes.get(i);
        if (node.lane().op() == LaneOp.INPUT || node.lane().op() == LaneOp.CONSTANT) {
          continue;
        }
        ImmutableList.Builder<Integer> arguments = ImmutableList.builder();
        for (int argument : node.arguments()) {
          arguments.add(target[argument]);
          if (lastUse[argument] == i
              && target[argument] >= firstTemporary
              && !free.contains(target[argument])) {
            free.push(target[argument]);
          }
        }
        if (target[i] < 0) {
          target[i] = free.isEmpty() ? registers++ : free.pop();
        }
        code.add(
            new Instruction(node.lane().op(), node.lane().dtype(), arguments.build(), target[i]));
      }
      for (int o = 0; o < outputs.size(); o++) {
        int from = target[number(outputs.get(o))];
        if (from != inputs + o) {
          code.add(
              new Instruction(
                  LaneOp.CAST, outputs.get(o).dtype(), ImmutableList.of(from), inputs + o));
        }
      }
      return new LaneProgram(
          inputs, outputs.size(), ImmutableList.copyOf(constants), registers, code.build());
    }

    private int constant(double value) {
      return constantRegisters.computeIfAbsent(
          Double.doubleToRawLongBits(value),
          bits -> {
            constants.add(value);
            return registers++;
          });
    }

    /** The number of a lane among the distinct ones; arguments come before what uses them. */
    private int number(Lane root) {
      Deque<Lane> open = new ArrayDeque<>();
      open.push(root);
      while (!open.isEmpty()) {
        Lane lane = open.getFirst();
        if (numbers.containsKey(lane)) {
          open.pop();
          continue;
        }
        boolean ready = true;
        for (Lane argument : lane.arguments()) {
          if (!numbers.containsKey(argument)) {
            open.push(argument);
            ready = false;
          }
        }
        if (ready) {
          open.pop();
          Lane primitive = LaneMath.expand(lane);
          numbers.put(lane, primitive.equals(lane) ? intern(lane) : number(primitive));
        }
      }
      return numbers.getOrDefault(root, -1);
    }

    private int intern(Lane lane) {
      ImmutableList.Builder<Integer> builder = ImmutableList.builder();
      lane.arguments().forEach(argument -> builder.add(numbers.getOrDefault(argument, -1)));
      List<Integer> arguments = builder.build();
      long bits = Double.doubleToRawLongBits(lane.value());
      return known.computeIfAbsent(
          new Key(lane.op(), lane.dtype(), arguments, lane.input(), bits),
          key -> {
            nodes.add(new Node(lane, arguments));
            return nodes.size() - 1;
          });
    }
  }
}
