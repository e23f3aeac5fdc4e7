package io.deltagraph.onnx.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes as text and back. */
class OpNoteTest {
  private static final OpNote NOTE =
      new OpNote(
          "acme:mix",
          List.of("x", "a name, \"quoted\" = 1"),
          List.of("", "y"),
          Map.of(
              "axes",
              List.of(0, -2),
              "none",
              List.of(),
              "keepdims",
              true,
              "low",
              Double.NEGATIVE_INFINITY,
              "slope",
              0.1,
              "k",
              -3,
              "word",
              "4"));

  @Test
  void aNoteIsReadAsItWasWritten() {
    String text = NOTE.text().orElseThrow();
    assertThat(text)
        .isEqualTo(
            """
            deltagraph op acme:mix
            from x
            from a name, "quoted" = 1
            to\s
            to y
            with axes [0, -2]
            with k -3
            with keepdims true
            with low -Infinity
            with none []
            with slope 0.1
            with word "4"
            """);
    assertThat(OpNote.of(text)).containsExactly(NOTE);
    assertThat(OpNote.of(text + text)).containsExactly(NOTE, NOTE);
  }

  @Test
  void whatDoesNotStayInItsLineIsNotNoted() {
    assertThat(new OpNote("exp", List.of("x\nfrom y"), List.of("z"), Map.of()).text()).isEmpty();
    assertThat(new OpNote("exp", List.of("x".repeat(9000)), List.of(), Map.of()).text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A node.",
        "deltagraph",
        "deltagraph op exp\nby x",
        "deltagraph op exp\nwith k",
        "deltagraph op exp\nwith k ",
        "deltagraph op exp\nwith k one",
        "deltagraph op exp\nwith k 99999999999",
        "deltagraph op exp\nwith k [1, 2.5]",
        "deltagraph op exp\nwith k [1,]"
      })
  void otherTextsAreNoNotes(String text) {
    assertThat(OpNote.of(text)).isEmpty();
  }
}
