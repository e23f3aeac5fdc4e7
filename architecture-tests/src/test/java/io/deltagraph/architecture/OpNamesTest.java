package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outside their own modules ops are meant by type, not by spelling. */
class OpNamesTest {
  /** Where such a text may stand, and what it is there. */
  private static final ImmutableMap<String, String> MEANT =
      ImmutableMap.<String, String>builder()
          .put("Algebra.java", "methods of values, for ops that the engine knows by name alone")
          .put("LaneText.java", "how a lane's function is written")
          .put("LaneCode.java", "the Vector API's methods")
          .put("RehearsalCode.java: min", "a method of Math")
          .put("VectorCode.java: cast", "a method of the Vector API")
          .put("Adadelta.java: square", "a name of its state")
          .put("Adagrad.java: sum", "a name of its state")
          .put("Player.java: max", "an attribute of HTML")
          .put("Player.java: min", "an attribute of HTML")
          .put("RmsProp.java: square", "a name of its state")
          .put("RmsProp.java: mean", "a name of its state")
          .put("Schedules.java: linear", "a schedule")
          .put("ClosedForms.java: tanh", "the form of gelu that takes tanh")
          .put("ActivationOperators.java: tanh", "the form of gelu that takes tanh")
          .put("SelectionOperators.java: add", "what ONNX does with updates of one element")
          .put("ModelFields.java: linear", "a family of models, and a schedule")
          .put("ModelFields.java: softmax", "a family of models")
          .put("DataFields.java: divide", "a scaling of features")
          .put("DataFields.java: mean", "what stands for a missing number")
          .put("FieldKind.java: minimum", "a word of JSON Schema")
          .put("FieldKind.java: maximum", "a word of JSON Schema")
          .put("SpecGuide.java", "an example of a spec")
          .put("SpecSchema.java: linear", "a family of models")
          .put("SpecWriter.java: linear", "a family of models")
          .put("SpecWriter.java: softmax", "a family of models")
          .put("SpecWriter.java: divide", "a scaling of features")
          .put("RunJson.java: mean", "the mean of the folds' scores")
          .put("Expressions.java", "how an op's node is written in a derivation")
          .put("ExplanationText.java: sum", "the ASCII for Σ")
          .put("Latex.java", "how a function is written")
          .put("MathMl.java", "how a function is written")
          .put("Vocabulary.java", "the functions of the language of derivations")
          .put("Spelling.java", "the functions of the language of derivations")
          .put("Calls.java", "the functions of the language of derivations")
          .put("PenaltyTerms.java", "a function of the language of derivations")
          .put("Repairs.java", "a function of the language of derivations")
          .put("DerivativeRepairs.java", "functions of the language of derivations")
          .put("Evaluation.java", "the op that computes what the language writes")
          .put("Reductions.java: sum", "the reduction of a loss")
          .put("Functions.java", "the functions of the language of derivations")
          .put("DerivationWriter.java", "the functions of the language of derivations")
          .put("Attempt.java", "ops that compute what the language writes")
          .put("Entries.java", "ops that compute what the language writes")
          .put("Scene.java", "the losses that a derivation's cost may be")
          .put("Slip.java: sign", "a cause")
          .buildOrThrow();

  private static final Path ROOT = Sources.root();

  @TempDir private Path folder;

  @Test
  void noOpIsMeantByItsSpelling() {
    assertThat(OpNames.asText(ROOT, Design.modules(), Budgets.MODULES_OF_OPS, MEANT)).isEmpty();
  }

  @Test
  void theOpsAreKnown() {
    assertThat(OpNames.ofOps(ROOT, Budgets.MODULES_OF_OPS))
        .contains("softmax", "matmul", "hinge", "sort_with_order")
        .hasSizeGreaterThan(90);
  }

  @Test
  void aNameOfAnOpIsFound() throws IOException {
    write("ops/src/main/java/a/Softmax.java", "return OpId.of(\"softmax\");");
    write("models/src/main/java/b/Net.java", "x.op(\"softmax\"); // \"softmax\"\ny(\"relu\");");
    write("models/src/test/java/b/NetTest.java", "x.op(\"softmax\");");
    ImmutableSet<String> modules = ImmutableSet.of("ops", "models");
    assertThat(OpNames.asText(folder, modules, ImmutableSet.of("ops"), ImmutableMap.of()))
        .containsExactly("Net.java: softmax");
    for (String place : new String[] {"Net.java", "Net.java: softmax"}) {
      assertThat(
              OpNames.asText(
                  folder, modules, ImmutableSet.of("ops"), ImmutableMap.of(place, "a title")))
          .isEmpty();
    }
    assertThat(
            OpNames.asText(
                folder,
                modules,
                ImmutableSet.of("ops"),
                ImmutableMap.of("Net.java", "a title", "Gone.java: softmax", "a title")))
        .containsExactly("Gone.java: softmax is an exception, but not there");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
