package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inputs of an op: their names, the element types they accept, and whether the last one may be
 * given any number of times (at least once); and the names of its outputs. All inputs that accept
 * {@link Accepts#FLOAT} have the same dtype, and so have all that accept {@link Accepts#SAME}; the
 * engine never converts silently.
 */
public record OpSignature(List<Param> inputs, boolean repeats, List<String> outputs) {
  /** What the output of an op is called that has one. */
  private static final List<String> ONE = List.of("output");

  /** Checks that the outputs have names of their own. */
  public OpSignature {
    inputs = ImmutableList.copyOf(inputs);
    outputs = ImmutableList.copyOf(outputs);
    if (outputs.isEmpty() || new HashSet<>(outputs).size() < outputs.size()) {
      throw new IllegalArgumentException("Each output has a name of its own, got " + outputs + ".");
    }
  }

  /** The signature of an op of one output. */
  public OpSignature(List<Param> inputs, boolean repeats) {
    this(inputs, repeats, ONE);
  }

  /** Which element types an input takes. */
  public enum Accepts {
    /** f64 or f32, the same for every such input. */
    FLOAT,
    /** Any type, the same for every such input. */
    SAME,
    /** i64 or i32. */
    INTEGER,
    /** bool. */
    MASK,
    /** Any type, whatever the other inputs have. */
    ANY;

    /** Whether an input of this sort takes {@code dtype}. */
    public boolean takes(DType dtype) {
      return switch (this) {
        case FLOAT -> dtype.isFloat();
        case INTEGER -> dtype.isInteger();
        case MASK -> dtype == DType.BOOL;
        case SAME, ANY -> true;
      };
    }

    private String text() {
      return switch (this) {
        case FLOAT -> "f64 or f32";
        case INTEGER -> "i64 or i32";
        case MASK -> "bool";
        case SAME, ANY -> "any dtype";
      };
    }
  }

  /** What the numbers of an input mean, where that decides what a net may give it. */
  public enum Role {
    /** Nothing in particular. */
    ANY,
    /** What a net gives out, of any sign: an estimate that is compared with a target. */
    ESTIMATES,
    /** Signed scores, whose sign is the class that they choose. */
    MARGINS,
    /** Probabilities, each of an event of its own. */
    EVENT_PROBABILITIES,
    /** Probabilities of classes that exclude each other: they add up to 1 along the last axis. */
    CLASS_PROBABILITIES,
    /** Logarithms of {@link #CLASS_PROBABILITIES}. */
    CLASS_LOG_PROBABILITIES,
    /** Logits of events: the op applies the sigmoid itself. */
    EVENT_LOGITS,
    /** Logits of classes that exclude each other: the op applies the softmax itself. */
    CLASS_LOGITS,
    /** What is right, in the form of what it is compared with. */
    TARGETS,
    /** Which class is right, as −1 or 1. */
    SIGNS,
    /** Which class is right, as its number. */
    CLASSES;

    /** Whether the op itself turns these numbers into probabilities. */
    public boolean isLogits() {
      return this == EVENT_LOGITS || this == CLASS_LOGITS;
    }
  }

  /** One input. */
  public record Param(String name, Accepts accepts, Role role) {
    /** An input whose numbers mean nothing in particular. */
    public Param(String name, Accepts accepts) {
      this(name, accepts, Role.ANY);
    }
  }

  /** Floating-point inputs of these names. */
  public static OpSignature of(String... names) {
    return all(Accepts.FLOAT, names);
  }

  /** Inputs of these names that all accept the same sort. */
  public static OpSignature all(Accepts accepts, String... names) {
    return new OpSignature(
        Arrays.stream(names)
            .map(n -> new Param(n, accepts))
            .collect(ImmutableList.toImmutableList()),
        false);
  }

  /** This signature with one more input. */
  public OpSignature and(String name, Accepts accepts) {
    return new OpSignature(
        ImmutableList.<Param>builder().addAll(inputs).add(new Param(name, accepts)).build(),
        repeats,
        outputs);
  }

  /** This signature with the last input given once or more. */
  public OpSignature repeating() {
    return new OpSignature(inputs, true, outputs);
  }

  /**
   * This signature with outputs of these names, by which users and files ask for them: lower case,
   * as attributes are.
   */
  public OpSignature giving(String... names) {
    return new OpSignature(inputs, repeats, List.of(names));
  }

  /**
   * This signature with what the inputs mean, in order; those beyond the last one given mean
   * nothing in particular.
   */
  public OpSignature meaning(Role... roles) {
    List<Param> meant = new ArrayList<>(inputs);
    for (int i = 0; i < roles.length; i++) {
      meant.set(i, new Param(inputs.get(i).name(), inputs.get(i).accepts(), roles[i]));
    }
    return new OpSignature(meant, repeats, outputs);
  }

  /** The declared input at a position, where the last one may repeat. */
  public Param input(int index) {
    return inputs.get(Math.min(index, inputs.size() - 1));
  }

  /** Whether that many inputs fit. */
  public boolean takes(int count) {
    return repeats ? count >= inputs.size() : count == inputs.size();
  }

  /** Why inputs of these types are refused before the op is asked: their number, or a dtype. */
  Optional<String> misfit(InputTypes given) {
    if (!takes(given.size())) {
      String names = String.join(", ", inputs.stream().map(Param::name).toList());
      return Optional.of(
          "it takes ("
              + names
              + (repeats ? ", ..." : "")
              + "), got "
              + given.size()
              + (given.size() == 1 ? " input" : " inputs"));
    }
    Map<Accepts, DType> shared = new EnumMap<>(Accepts.class);
    for (int i = 0; i < given.size(); i++) {
      Param declared = input(i);
      DType dtype = given.get(i).dtype();
      if (!declared.accepts().takes(dtype)) {
        return Optional.of(
            "'" + declared.name() + "' takes " + declared.accepts().text() + ", got " + dtype);
      }
      boolean same =
          switch (declared.accepts()) {
            case FLOAT, SAME -> shared.merge(declared.accepts(), dtype, (a, b) -> a) == dtype;
            case INTEGER, MASK, ANY -> true;
          };
      if (!same) {
        return Optional.of(
            "its inputs have one dtype, got "
                + shared.get(declared.accepts())
                + " and "
                + dtype
                + "; cast one");
      }
    }
    return Optional.empty();
  }
}
