package io.deltagraph.onnx.read;

import com.google.common.base.Splitter;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.Einsum;
import io.deltagraph.ops.MatMul;
import io.deltagraph.ops.Permute;
import io.deltagraph.ops.Sum;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** ProductOperators of matrices, and those that letters describe. */
final class ProductOperators {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String ELLIPSIS = "...";

  private ProductOperators() {}

  static void add(Operators table) {
    table.binary("MatMul", ProductOperators::product);
    table.one("Gemm", ProductOperators::gemm);
    table.one("Einsum", node -> new Letters(node).value());
  }

  private static Value product(Value left, Value right) {
    return left.dtype().isFloat()
        ? MatMul.of(left, right)
        : MatMul.of(left.cast(DType.F64), right.cast(DType.F64)).cast(left.dtype());
  }

  /** {@code α A B + β C}, with A and B transposed where it says so. */
  private static Value gemm(Node node) {
    Value left = matrix(node, 0, "transA");
    Value right = matrix(node, 1, "transB");
    double alpha = node.attributes().number("alpha", 1);
    double beta = node.attributes().number("beta", 1);
    Value product = product(left, right);
    Value scaled = alpha == 1 ? product : product.times(alpha);
    return node.optional(2)
        .map(NodeOperand::value)
        .map(added -> scaled.plus(beta == 1 ? added : added.times(beta)))
        .orElse(scaled);
  }

  private static Value matrix(Node node, int index, String transposed) {
    Value value = node.value(index);
    if (value.shape().rank() != 2) {
      throw node.refuse(value.type() + " as input " + index, "a matrix", FilePlace.AGAIN);
    }
    return node.attributes().flag(transposed, false) ? value.transpose() : value;
  }

  /** What an equation such as {@code bij, bjk -> bik} says, its terms from left to right. */
  private static final class Letters {
    private final Node node;
    private final List<String> terms = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final String output;

    Letters(Node node) {
      this.node = node;
      String equation = node.attributes().text("equation").replace(" ", "");
      int arrow = equation.indexOf("->");
      List<String> written =
          Splitter.on(',').splitToList(arrow < 0 ? equation : equation.substring(0, arrow));
      if (written.size() != node.inputs()) {
        throw refuse(equation, written.size() + " terms for " + node.inputs() + " inputs");
      }
      String free =
          LETTERS
              .chars()
              .filter(letter -> equation.indexOf(letter) < 0)
              .mapToObj(Character::toString)
              .collect(Collectors.joining());
      String wide = "";
      for (int i = 0; i < written.size(); i++) {
        String term = written.get(i);
        int hidden = node.value(i).shape().rank() - term.replace(ELLIPSIS, "").length();
        if (hidden < 0 || hidden > free.length() || (hidden > 0 && !term.contains(ELLIPSIS))) {
          throw refuse(
              equation, "the term " + FilePlace.quoted(term) + " for " + node.value(i).type());
        }
        String some = free.substring(free.length() - hidden);
        wide = some.length() > wide.length() ? some : wide;
        single(letters(equation, term.replace(ELLIPSIS, some)), node.value(i));
      }
      String all = String.join("", terms);
      String given = arrow < 0 ? ELLIPSIS + once(all, wide) : equation.substring(arrow + 2);
      output = letters(equation, given.replace(ELLIPSIS, wide));
      if (distinct(output).length() < output.length()
          || output.chars().anyMatch(letter -> all.indexOf(letter) < 0)) {
        throw refuse(equation, "the output " + FilePlace.quoted(output));
      }
    }

    /** The letters that stand once, in order, without those of the ellipsis. */
    private static String once(String all, String wide) {
      return all.chars()
          .filter(letter -> all.indexOf(letter) == all.lastIndexOf(letter))
          .filter(letter -> wide.indexOf(letter) < 0)
          .sorted()
          .mapToObj(Character::toString)
          .collect(Collectors.joining());
    }

    private String letters(String equation, String term) {
      if (!term.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0)) {
        throw refuse(equation, "the term " + FilePlace.quoted(term));
      }
      return term;
    }

    private ReadRefusal refuse(String equation, String what) {
      return node.refuse(
          "the equation " + FilePlace.quoted(equation) + " with " + what,
          "a letter for each axis of each input, as in 'ij,jk->ik'",
          FilePlace.AGAIN);
    }

    private static String distinct(String letters) {
      return letters.chars().distinct().mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** Takes the diagonal where a letter stands twice in a term. */
    private void single(String term, Value value) {
      String letters = term;
      Value taken = value;
      for (int second = 0; second < letters.length(); second++) {
        int first = letters.indexOf(letters.charAt(second));
        if (first < second) {
          taken = diagonal(taken, first, second);
          letters = letters.substring(0, second) + letters.substring(second + 1);
          second--;
        }
      }
      terms.add(letters);
      values.add(taken);
    }

    private Value diagonal(Value value, int first, int second) {
      Value rows = places(value, first);
      Value same = rows.equal(places(value, second));
      Value kept = same.where(value, value.constant(0));
      return ElementwiseOperators.exactly(kept, some -> Sum.of(some, List.of(second), false));
    }

    /** The positions along an axis, where the others are 1. */
    private Value places(Value value, int axis) {
      int[] sizes = new int[value.shape().rank()];
      Arrays.fill(sizes, 1);
      sizes[axis] = ViewOperators.size(node, value, axis);
      return node.made(Shape.of(sizes), k -> k);
    }

    /** ProductOperators of two at a time, each keeping the letters that are still needed. */
    Value value() {
      String letters = terms.getFirst();
      Value result = values.getFirst();
      DType dtype = result.dtype();
      for (int i = 1; i < terms.size(); i++) {
        String later = output + String.join("", terms.subList(i + 1, terms.size()));
        String both = distinct(letters + terms.get(i));
        String kept =
            i == terms.size() - 1
                ? output
                : both.chars()
                    .filter(letter -> later.indexOf(letter) >= 0)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
        Value next = values.get(i);
        String subscripts = letters + "," + terms.get(i) + "->" + kept;
        result =
            dtype.isFloat()
                ? Einsum.of(subscripts, result, next)
                : Einsum.of(subscripts, result.cast(DType.F64), next.cast(DType.F64)).cast(dtype);
        letters = kept;
      }
      return arranged(letters, result);
    }

    private Value arranged(String letters, Value value) {
      List<Integer> summed = new ArrayList<>();
      StringBuilder left = new StringBuilder();
      for (int axis = 0; axis < letters.length(); axis++) {
        if (output.indexOf(letters.charAt(axis)) < 0) {
          summed.add(axis);
        } else {
          left.append(letters.charAt(axis));
        }
      }
      Value sum =
          summed.isEmpty()
              ? value
              : ElementwiseOperators.exactly(value, some -> Sum.of(some, summed, false));
      List<Integer> order =
          output.chars().mapToObj(letter -> left.indexOf(Character.toString(letter))).toList();
      return left.toString().equals(output) ? sum : Permute.of(sum, order);
    }
  }
}
