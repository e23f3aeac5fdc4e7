package io.deltagraph.onnx.write;

import static io.deltagraph.testkit.Sampler.classes;
import static io.deltagraph.testkit.Sampler.coin;
import static io.deltagraph.testkit.Sampler.oneHot;
import static io.deltagraph.testkit.Sampler.probabilities;
import static io.deltagraph.testkit.Sampler.uniform;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Sampler;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Inputs for every built-in op, by its name. */
final class OpCases {
  /** Why an op has no form in ONNX: the words of its refusal. */
  static final Map<String, String> REFUSED =
      ImmutableMap.of(
          "random_uniform", "it is a kernel, loops of which only the results are known",
          "product_of_others", "it is a kernel, loops of which only the results are known");

  private static final Sampler UNIT = uniform(0.05, 0.95);

  private static final ImmutableListMultimap<String, Case> OWN =
      ImmutableListMultimap.<String, Case>builder()
          .putAll(
              "broadcast_to",
              Case.of("[3]").with("shape", "[2, 3]"),
              Case.of("[N, 1]").with("shape", "[N, 4]"),
              Case.of("[1, 3]").with("shape", "[1, 3]"))
          .putAll("flatten", Case.of("[N, 2, 3]"), Case.of("[2, 3, 4]").with("axis", 2))
          .putAll(
              "permute",
              Case.of("[2, N, 4]").with("axes", List.of(2, 0, 1)),
              Case.of("[2, 1, 3]").with("axes", List.of(1, 2, 0)))
          .putAll(
              "reshape",
              Case.of("[N, 6]").with("shape", "[N, 2, 3]"),
              Case.of("[2, 6]").with("shape", "[3, 4]"),
              Case.of("[2, 0]").with("shape", "[0, 3]"))
          .putAll(
              "slice",
              Case.of("[5, 3]").with("start", 1).with("stop", 4),
              Case.of("[N, 7]").with("axis", 1).with("start", 1).with("step", 2),
              Case.of("[4]").with("start", -1))
          .putAll("squeeze", Case.of("[1, 3, 1]"), Case.of("[N, 1, 1]").with("axes", List.of(1)))
          .putAll("transpose", Case.of("[N, 3]"), Case.of("[2, 3, 4]"), Case.of("[1, 4]"))
          .putAll("unsqueeze", Case.of("[N, 3]").with("axes", List.of(0, 3)))
          .putAll(
              "concat",
              Case.of("[2, 3]", "[1, 3]"),
              Case.of("[N, 3]", "[N, 2]", "[N, 1]").with("axis", -1))
          .putAll(
              "gather",
              Case.of("[3, 2]", "i64[2, 2]").sampling(1, classes(3)),
              Case.of("[N, 3]", "i32[2]").with("axis", -1).sampling(1, classes(3)))
          .putAll(
              "pad",
              Case.of("[2, 3]")
                  .with("axis", 1)
                  .with("before", 1)
                  .with("after", 2)
                  .with("value", 0.5))
          .putAll(
              "cumsum", Case.of("[N, 4]"), Case.of("[3, 2]").with("axis", 0).with("reverse", true))
          .putAll(
              "one_hot",
              Case.of("i32[N]").with("depth", 4).with("dtype", "f64").sampling(0, classes(4)),
              Case.of("i64[2, 2]").with("depth", 3).with("dtype", "f32").sampling(0, classes(3)))
          .putAll(
              "take_along_axis",
              Case.of("[2, 4]", "i32[2, 3]").sampling(1, classes(4)),
              Case.of("[3, 2]", "i64[1, 2]").with("axis", 0).sampling(1, classes(3)))
          .putAll(
              "add_along_axis", Case.of("[2, 4]", "i32[2, 3]", "[2, 3]").sampling(1, classes(4)))
          .putAll(
              "scatter_add",
              Case.of("[4, 2]", "i32[3]", "[3, 2]").sampling(1, classes(4)),
              Case.of("[2, 4, 3]", "i64[2, 2]", "[2, 2, 2, 3]")
                  .with("axis", 1)
                  .sampling(1, classes(4)))
          .putAll(
              "element_count",
              Case.of("[N, 3]"),
              Case.of("[N, 3]").with("axes", List.of(0)),
              Case.of("[2, 3]"))
          .putAll(
              "arg_max",
              Case.of("[N, 4]").with("axes", List.of(1)),
              Case.of("[2, 3, 4]").with("axes", List.of(0, 2)).with("keepdims", true),
              Case.of("[2, 3]"),
              Case.of("[]"))
          .putAll(
              "arg_min",
              Case.of("[N, 4]").with("axes", List.of(-1)),
              Case.of("[2, 3, 4]").with("axes", List.of(0, 1)))
          .putAll(
              "sort", Case.of("[N, 5]"), Case.of("[4, 2]").with("axis", 0).with("descending", true))
          .putAll(
              "arg_sort",
              Case.of("[N, 5]"),
              Case.of("[4, N]").with("axis", 1).with("descending", true))
          .putAll("sort_with_order", Case.of("[N, 5]").with("descending", true))
          .putAll(
              "top_k",
              Case.of("[N, 5]").with("k", 2),
              Case.of("[4, 3]").with("k", 3).with("axis", 0))
          .putAll(
              "matmul",
              Case.of("[N, 3]", "[3, 2]"),
              Case.of("[2, 2, 3]", "[2, 3, 2]"),
              Case.of("[2, 1, 2, 3]", "[3, 3, 2]"),
              Case.of("[2, 3]", "[3]"),
              Case.of("[3]", "[3, 2]"),
              Case.of("[3]", "[3]"),
              Case.of("[2, 0]", "[0, 3]"))
          .putAll(
              "einsum",
              Case.of("[N, 3]", "[2, 3]").with("subscripts", "ij,kj->ik"),
              Case.of("[2, 3]", "[2, 3]").with("subscripts", "ij,ij->ij"),
              Case.of("[2, 3]", "[2, 4]").with("subscripts", "ij,ik->jk"),
              Case.of("[2, 3]", "[2, 3]").with("subscripts", "ij,ij->"),
              Case.of("[2, 3, 4]", "[2, 4]").with("subscripts", "aij,aj->ai"),
              Case.of("[2, 3, 4]", "[2, 5, 4]").with("subscripts", "aij,akj->aik"),
              Case.of("[2]", "[3]").with("subscripts", "i,j->ji"))
          .put("random_uniform", Case.of("[N, 3]", "i64[]").sampling(1, classes(9)))
          .putAll("stack", Case.of("[2, 3]", "[2, 3]"), Case.of("[N, 3]", "[N, 3]").with("axis", 1))
          .putAll(
              "mean_and_variance",
              Case.of("[N, 3]").with("axes", List.of(0)),
              Case.of("[2, 3, 2]")
                  .with("axes", List.of(0, 2))
                  .with("keepdims", true)
                  .with("correction", 1))
          .putAll(
              "variance",
              Case.of("[N, 3]").with("axes", List.of(1)).with("correction", 1),
              Case.of("[2, 3]"))
          .putAll(
              "softmax",
              Case.of("[N, 4]"),
              Case.of("[3, 2]").with("axis", 0),
              Case.of("[N, 3]").with("temperature", 0.5))
          .putAll("log_softmax", Case.of("[N, 4]"), Case.of("[2, 3, 2]").with("axis", -2))
          .putAll("gelu", Case.of("[2, 3]"), Case.of("[2, 3]").with("approximate", "tanh"))
          .putAll("sigmoid", Case.of("[N, 3]"), Case.of("[2, 3]").with("slope", 2.0))
          .putAll(
              "cast",
              Case.of("[2, 3]").with("dtype", "f32"),
              Case.of("[2, 3]").with("dtype", "i32"),
              Case.of("i64[4]").with("dtype", "f64").sampling(0, classes(9)),
              Case.of("bool[4]").with("dtype", "f32").sampling(0, coin()),
              Case.of("[3]").with("dtype", "bool"))
          .putAll(
              "clip",
              Case.of("[2, 3]").with("low", -0.5).with("high", 0.7),
              Case.of("[2, 3]").with("high", 0.1))
          .putAll("pow", Case.of("[2, 3]", "[3]").sampling(0, uniform(0.1, 3)))
          .putAll("log", Case.of("[N, 3]").sampling(0, uniform(0.01, 5)))
          .putAll(
              "log1p",
              Case.of("[N, 3]").sampling(0, uniform(-0.9, 5)),
              Case.of("[9]").sampling(0, uniform(-1e-9, 1e-9)))
          .putAll("expm1", Case.of("[N, 3]"), Case.of("[9]").sampling(0, uniform(-1e-9, 1e-9)))
          .putAll("sqrt", Case.of("[N, 3]").sampling(0, uniform(0, 5)))
          .putAll("logit", Case.of("[N, 3]").sampling(0, UNIT))
          .putAll(
              "equal",
              Case.of("i32[9]", "i32[9]").sampling(0, classes(3)).sampling(1, classes(3)),
              Case.of("bool[4]", "bool[4]").sampling(0, coin()).sampling(1, coin()))
          .putAll(
              "not_equal",
              Case.of("i64[9]", "i64[9]").sampling(0, classes(3)).sampling(1, classes(3)))
          .putAll(
              "where",
              Case.of("bool[2, 3]", "[2, 3]", "[3]").sampling(0, coin()),
              Case.of("bool[N, 3]", "[]", "[]").sampling(0, coin()),
              Case.of("bool[4]", "bool[4]", "bool[4]")
                  .sampling(0, coin())
                  .sampling(1, coin())
                  .sampling(2, coin()))
          .putAll(
              "binary_cross_entropy",
              Case.of("[N, 3]", "[N, 3]").sampling(0, UNIT).sampling(1, coin()))
          .putAll(
              "elementwise_cross_entropy",
              Case.of("[N, 3]", "[N, 3]").sampling(0, UNIT).sampling(1, coin()))
          .putAll(
              "binary_cross_entropy_with_logits",
              Case.of("[N, 3]", "[N, 3]").sampling(1, coin()),
              Case.of("[2, 3]", "[2, 3]")
                  .sampling(0, uniform(-300, 300))
                  .sampling(1, coin())
                  .with("reduction", "sum"))
          .putAll(
              "categorical_cross_entropy",
              Case.of("[N, 3]", "[N, 3]").sampling(0, probabilities()).sampling(1, oneHot()))
          .putAll(
              "kl_divergence",
              Case.of("[N, 3]", "[N, 3]").sampling(0, probabilities()).sampling(1, probabilities()))
          .putAll(
              "softmax_cross_entropy",
              Case.of("[N, 3]", "[N, 3]").sampling(1, oneHot()),
              Case.of("[2, 3]", "[2, 3]").sampling(0, uniform(-300, 300)).sampling(1, oneHot()))
          .putAll(
              "sparse_softmax_cross_entropy",
              Case.of("[N, 3]", "i32[N]").sampling(1, classes(3)),
              Case.of("[2, 2, 3]", "i64[2, 2]")
                  .sampling(1, classes(3))
                  .with("reduction", "mean_all"))
          .putAll("negative_log_likelihood", Case.of("[N, 3]", "i32[N]").sampling(1, classes(3)))
          .putAll("l1_penalty", Case.of("[2, 3]", "[4]").with("lambda", 0.3).with("samples", 7.0))
          .putAll("l2_penalty", Case.of("[2, 3]", "[4]").with("lambda", 0.3).with("samples", 7.0))
          .build();

  private OpCases() {}

  static List<Case> of(Op<?> op) {
    String name = op.id().name();
    List<Case> own = OWN.get(name);
    if (!own.isEmpty() && !name.equals("equal") && !name.equals("not_equal")) {
      return own;
    }
    int inputs = op.signature().inputs().size();
    boolean masks = op.signature().input(0).accepts() == OpSignature.Accepts.MASK;
    List<String> shapes =
        op instanceof Pointwise<?>
            ? List.of("[N, 3]", "[2, 3]", "[]", "[0, 3]")
            : List.of("[N, 3]", "[2, 3]");
    Stream<Case> usual =
        shapes.stream()
            .map(shape -> {
              String type = (masks ? "bool" : "") + shape;
              Case made = Case.of(Stream.generate(() -> type).limit(inputs).toArray(String[]::new));
              for (int i = 0; i < inputs; i++) {
                made = made.sampling(i, masks ? coin() : uniform(-3, 3));
              }
              return made;
            });
    return Stream.concat(usual, own.stream()).toList();
  }
}
