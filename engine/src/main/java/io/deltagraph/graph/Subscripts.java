package io.deltagraph.graph;

import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which axes of two inputs are paired: one letter per axis, {@code ij,kj->ik}. A letter in both
 * inputs pairs their axes, a letter that the output lacks is summed. Paired axes are equal; where
 * the output keeps them, one of them may be 1 and broadcasts. No letter occurs twice in one place,
 * and every letter of the output occurs in an input.
 */
public record Subscripts(String left, String right, String output) {
  private static final Pattern FORM = Pattern.compile("([a-zA-Z]*),([a-zA-Z]*)->([a-zA-Z]*)");

  /** Checks the rules above. */
  public Subscripts {
    for (String side : new String[] {left, right, output}) {
      if (side.chars().distinct().count() != side.length()) {
        throw new IllegalArgumentException("The subscripts '" + side + "' name an axis twice.");
      }
    }
    for (int i = 0; i < output.length(); i++) {
      char letter = output.charAt(i);
      if (left.indexOf(letter) < 0 && right.indexOf(letter) < 0) {
        throw new IllegalArgumentException(
            "The output subscript '"
                + letter
                + "' occurs in neither '"
                + left
                + "' nor '"
                + right
                + "'.");
      }
    }
  }

  /** Reads {@code ij,kj->ik}. */
  public static Subscripts parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Subscripts look like 'ij,kj->ik', got '" + text + "'.");
    }
    return new Subscripts(matcher.group(1), matcher.group(2), matcher.group(3));
  }

  /** The type of the contraction of two inputs; refuses ranks and sizes that do not fit. */
  public TensorType infer(InputTypes inputs) {
    Map<Character, Dim> sizes = new HashMap<>();
    collect(left, inputs, 0, sizes);
    collect(right, inputs, 1, sizes);
    Shape shape = Shape.of(output.chars().mapToObj(letter -> size(sizes, (char) letter)).toList());
    return inputs.get(0).with(shape);
  }

  private static Dim size(Map<Character, Dim> sizes, char letter) {
    Dim dim = sizes.get(letter);
    if (dim == null) {
      throw new IllegalStateException("No size for the subscript '" + letter + "'.");
    }
    return dim;
  }

  private void collect(String letters, InputTypes inputs, int input, Map<Character, Dim> sizes) {
    Shape shape = inputs.get(input).shape();
    inputs.require(
        shape.rank() == letters.length(),
        "the subscripts '" + letters + "' name " + letters.length() + " axes of " + shape);
    for (int i = 0; i < letters.length(); i++) {
      Dim dim = shape.dims().get(i);
      Dim known = sizes.get(letters.charAt(i));
      boolean kept = output.indexOf(letters.charAt(i)) >= 0;
      inputs.require(
          known == null || known.equals(dim) || (kept && (known.isOne() || dim.isOne())),
          "the axes named '" + letters.charAt(i) + "' are " + known + " and " + dim);
      if (known == null || known.isOne()) {
        sizes.put(letters.charAt(i), dim);
      }
    }
  }

  @Override
  public String toString() {
    return left + "," + right + "->" + output;
  }
}
