package io.deltagraph.ops.textbook;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;
import java.util.Optional;

/** A number that is written by a letter, such as λ or k: its value is its input. */
public final class Symbol implements Composite<Symbol.Of> {
  private static final Symbol OP = new Symbol();

  /** The letter, in ASCII. */
  public record Of(String name) {}

  private Symbol() {}

  /** A number under that name, such as {@code lambda}. */
  public static Value of(Value number, String name) {
    return number.builder().apply(OP, new Of(name), List.of(number));
  }

  /** The name that a value is written by, if it is a number with one. */
  public static Optional<String> name(Value value) {
    return value instanceof Apply node && node.attributes() instanceof Of(String name)
        ? Optional.of(name)
        : Optional.empty();
  }

  @Override
  public OpId id() {
    return OpId.of("symbol");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("number");
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(Of::new, OpAttribute.text("name", Of::name));
  }

  @Override
  public Value forward(Of of, Values x) {
    return x.get(0);
  }

  @Override
  public Notation notation() {
    return Notation.template("{name}", "{name}", Notation.Binding.ATOM);
  }
}
