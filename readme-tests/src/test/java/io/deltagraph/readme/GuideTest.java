package io.deltagraph.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No block is overlooked, and output that differs is told from output that fits. */
class GuideTest {

  @Test
  void blocksBecomeSteps() {
    String text =
        "a\n```java A.java\nclass A {}\n```\n```sh\njava A.java\n```\nso:\n```text\nx\n```\n";
    assertThat(Guide.of(text).steps())
        .containsExactly(
            new Guide.Step.ShowFile(2, "A.java", "class A {}\n"),
            new Guide.Step.RunCommands(5, ImmutableList.of("java A.java"), Optional.of("x\n")));
  }

  @Test
  void aCommandGoesOnAfterABackslash() {
    assertThat(Guide.of("```sh\nls \\\n  -a\npwd\n```\n").steps())
        .containsExactly(
            new Guide.Step.RunCommands(1, ImmutableList.of("ls -a", "pwd"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```java\nclass A {}\n```\n",
        "```java A.java\nclass A {}\n```\n",
        "```sh\njava A.java\n```\n```java A.java\nclass A {}\n```\n",
        "```java a/A.java\nclass A {}\n```\n```sh\nls b\n```\n",
        "```json\n{}\n```\n",
        "```text\nx\n```\n",
        "```sh\nls\n```\n```text\nx\n```\n```text\nx\n```\n",
        "```\nls\n```\n",
        "```bash\nls\n```\n",
        "```sh\nls\n",
        "~~~sh\nls\n~~~\n",
        "    ls\n",
        "- a\n  ```sh\n  ls\n  ```\n"
      })
  void whatNothingTestsIsRefused(String text) {
    assertThatThrownBy(() -> Guide.of(text))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("README.md:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1\nb 2.0e-17\nc\n",
        "a …\nb 9.9e-16\nc\n",
        "…\nc\n",
        "a 1\n…\n",
        "a 1\n…\nb …\n…\nc\n",
        "…\nb 2.0e-17\n…\n"
      })
  void outputThatFits(String expected) {
    assertThat(Output.difference(expected, "a 1\nb 2.0e-17\nc\n")).isEmpty();
  }

  @Test
  void widthsOfColumnsDoNotMatter() {
    assertThat(Output.difference("ab   c\n----  -\n", "ab     c\n------  -\n")).isEmpty();
    assertThat(Output.difference("a b\n", "a  b\n")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 2\nb 2.0e-17\nc\n",
        "a 1\nb 2.0e-05\nc\n",
        "a 1\nb 2.0e-17\n",
        "b 2.0e-17\nc\n",
        "a 1\nb 2.0e-17\nc\nd\n",
        "a …c\n",
        "…\nc\n…\nb …\n…\n",
        "…\nb\n",
        "a 1\n…\nd\n"
      })
  void outputThatDoesNotFit(String expected) {
    assertThat(Output.difference(expected, "a 1\nb 2.0e-17\nc\n")).isPresent();
  }
}
