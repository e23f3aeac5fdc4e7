package io.deltagraph.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text of unknown origin on a terminal and in messages. */
class ShownTest {
  @Test
  void whatMovesACursorOrTurnsTextIsEscapedAndNothingElse() {
    assertThat(Shown.line("in\u001b[31m\n\u202eside\u0007"))
        .isEqualTo("in\\u001b[31m\\u000a\\u202eside\\u0007");
    assertThat(Shown.line("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
    assertThat(Shown.line("Größe 漢字 😀 ·\u0085\ud800")).isEqualTo("Größe 漢字 😀 ·\\u0085\\ud800");
  }

  @Test
  void theBreaksOfATextOfSeveralLinesStay() {
    assertThat(Shown.text("a\nb\u001b\r\t")).isEqualTo("a\nb\\u001b\\u000d\\u0009");
  }
}
