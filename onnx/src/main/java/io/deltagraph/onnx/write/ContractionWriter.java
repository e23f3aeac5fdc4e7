package io.deltagraph.onnx.write;

import io.deltagraph.graph.Subscripts;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sums of products: MatMul where the axes lie as it wants them, or one transposition away. */
final class ContractionWriter {
  /** Batch axes, an axis of rows, and an axis that is summed; the letters are checked beside it. */
  private static final Pattern MATRICES =
      Pattern.compile("([a-zA-Z]*)([a-zA-Z])([a-zA-Z]),\\1([a-zA-Z])([a-zA-Z])->\\1\\2([a-zA-Z])");

  private final NodeList nodes;

  ContractionWriter(NodeList nodes) {
    this.nodes = nodes;
  }

  /** Whether these are plain products of matrices, {@code ij,jk->ik} with any axes before. */
  static boolean isProduct(Subscripts subscripts) {
    Matcher matcher = MATRICES.matcher(subscripts.toString());
    return matcher.matches()
        && matcher.group(3).equals(matcher.group(4))
        && matcher.group(5).equals(matcher.group(6))
        && distinct(matcher);
  }

  /** Whether these are products with the second matrix transposed, {@code ij,kj->ik}. */
  static boolean isProductByRows(Subscripts subscripts) {
    Matcher matcher = MATRICES.matcher(subscripts.toString());
    return matcher.matches()
        && matcher.group(3).equals(matcher.group(5))
        && matcher.group(4).equals(matcher.group(6))
        && distinct(matcher);
  }

  private static boolean distinct(Matcher matcher) {
    return !matcher.group(2).equals(matcher.group(6)) && !matcher.group(2).equals(matcher.group(3));
  }

  String write(Subscripts subscripts, String left, String right) {
    if (isProduct(subscripts) || isVectors(subscripts)) {
      return nodes.add("MatMul", left, right);
    }
    if (isProductByRows(subscripts) && subscripts.left().length() == 2) {
      return nodes.add("Gemm", Map.of("transB", 1), left, right);
    }
    return nodes.add("Einsum", Map.of("equation", subscripts.toString()), left, right);
  }

  /** A vector in the place of one matrix, or of both. */
  private static boolean isVectors(Subscripts subscripts) {
    String left = subscripts.left();
    String right = subscripts.right();
    String output = subscripts.output();
    if (left.length() == 1) {
      return right.equals(left)
          ? output.isEmpty()
          : right.length() == 2 && right.startsWith(left) && output.equals(right.substring(1));
    }
    return right.length() == 1
        && left.length() == 2
        && left.endsWith(right)
        && output.equals(left.substring(0, 1));
  }
}
