package io.deltagraph.models;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import java.util.Map;

/**
 * An op chosen by name, as an activation or a loss, with attributes as plain data.
 *
 * @param op the name, such as {@code relu} or {@code acme:swish}
 * @param attributes numbers, truth values, strings and lists of whole numbers; absent ones take
 *     defaults
 */
public record OpChoice(String op, Map<String, Object> attributes) {
  public OpChoice {
    attributes = ImmutableMap.copyOf(attributes);
  }

  /** An op with its default attributes. */
  public static OpChoice of(String op) {
    return new OpChoice(op, ImmutableMap.of());
  }

  /** One of the ops that are known when this is compiled, with its default attributes. */
  public static OpChoice of(OpId op) {
    return of(op.name());
  }

  /** One of the ops that are known when this is compiled, with one attribute. */
  public static OpChoice of(OpId op, String attribute, Object value) {
    return of(op.name(), attribute, value);
  }

  /**
   * The op's name as such.
   *
   * @throws io.deltagraph.graph.GraphException if no op could have it
   */
  public OpId id() {
    return OpId.of(op);
  }

  /** Whether it is that op. */
  public boolean is(OpId id) {
    return op.equals(id.name());
  }

  /** An op with one attribute. */
  public static OpChoice of(String op, String attribute, Object value) {
    return new OpChoice(op, ImmutableMap.of(attribute, value));
  }

  /**
   * What the numbers can be that this op gives a net, for each sample a row.
   *
   * @throws io.deltagraph.graph.GraphException if there is no such op, or an attribute is not its
   */
  public Codomain codomain(OpLookup ops) {
    return codomain(ops.op(id()));
  }

  private <A extends Record> Codomain codomain(Op<A> found) {
    return found.codomain(found.schema().read(attributes), 2);
  }

  /** The name and the attributes, such as {@code leaky_relu, alpha 0.3}. */
  public String words() {
    StringBuilder text = new StringBuilder(op);
    attributes.forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
    return text.toString();
  }

  @Override
  public String toString() {
    return attributes.isEmpty() ? op : op + attributes;
  }
}
