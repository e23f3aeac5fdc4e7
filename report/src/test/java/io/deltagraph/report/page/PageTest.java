package io.deltagraph.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=alert(1)><!--\u2028'\"&{{data}}";
  private static final Pattern INLINE =
      Pattern.compile(
          "<(script|style)( type=\"application/json\"[^>]*)?>(.*?)</\\1>", Pattern.DOTALL);

  /**
   * The browser's rule, by a plain reading of the file: every text that runs has its hash there.
   */
  @Test
  void thePolicyAllowsWhatIsInsideAndNothingElse() throws NoSuchAlgorithmException {
    String html = Page.titled("A page").script("window.extra = 1;").html();
    String policy = html.replaceAll("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1");
    assertThat(policy)
        .startsWith("default-src 'none'; style-src 'sha256-")
        .endsWith("; img-src data:; base-uri 'none'; form-action 'none'")
        .doesNotContain("unsafe", "http", "*", "self");
    List<MatchResult> inline = INLINE.matcher(html).results().toList();
    assertThat(inline).hasSize(4);
    for (MatchResult found : inline) {
      if (found.group(2) == null) {
        byte[] digest =
            MessageDigest.getInstance("SHA-256")
                .digest(found.group(3).getBytes(StandardCharsets.UTF_8));
        assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
      }
    }
  }

  @Test
  void aHostileTextStaysAText() throws IOException {
    Page page =
        Page.titled(HOSTILE)
            .lead(Element.of("p", HOSTILE).with("title", HOSTILE))
            .section("a", HOSTILE, DataTable.of(HOSTILE, HOSTILE).row(HOSTILE).element())
            .number(HOSTILE, List.of(HOSTILE, 1.5));
    String html = page.html();
    assertThat(html).doesNotContain("<img", "<!--", "\u2028'");
    assertThat(Pattern.compile("</script>").matcher(html).results()).hasSize(2);
    String data = html.replaceAll("(?s).*id=\"page-data\">(.*?)</script>.*", "$1");
    JsonNode read = JsonMapper.builder().build().readTree(data);
    assertThat(read.at("/numbers").properties().iterator().next().getKey()).isEqualTo(HOSTILE);
    assertThat(read.at("/numbers").properties().iterator().next().getValue().get(0).asText())
        .isEqualTo(HOSTILE);
    assertThat(JsonMapper.builder().build().readTree(page.json()).properties()).hasSize(1);
  }

  @Test
  void textIsEscapedInElementsAndAttributes() {
    assertThat(Element.of("p", "a < b & c > \"d\" 'e'").with("title", "\"><b>"))
        .hasToString(
            "<p title=\"&quot;&gt;&lt;b&gt;\">a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;</p>");
  }

  /** Halves of a character, controls, and marks that turn the direction of writing. */
  @Test
  void whatCannotBeSeenIsShown() {
    assertThat(Element.of("p", "a\u0000b\ud800c\u202ed\u200fe\ud83d\ude00\n"))
        .hasToString("<p>a\ufffdb\ufffdc\ufffdd\ufffde\ud83d\ude00\n</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"script", "style", "iframe", "SCRIPT", "object", "a b", "form", "meta", "p>", ""})
  void anElementThatCouldRunIsRefused(String name) {
    assertThatThrownBy(() -> Element.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A page has no element '" + name + "'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "ONERROR", "style", "a b", "x=y"})
  void anAttributeThatCouldRunIsRefused(String name) {
    assertThatThrownBy(() -> Element.of("p").with(name, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A page has no attribute '" + name + "'.");
  }

  /** Whoever makes JSON may not look into a record of another module. */
  @Test
  void numbersArePlain() {
    Page page = Page.titled("a").number("list", List.of(1, "b", Map.of("c", new double[] {1})));
    assertThat(page.numbers()).containsKey("list");
    record Point(double x) {}
    assertThatThrownBy(() -> page.number("points", List.of(Map.of("at", new Point(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The numbers 'points' of a page are plain maps, lists, texts and numbers, got a Point.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "x",
        "//a",
        "data:text/html,a",
        "data:image/png;base64,\"",
        "# a"
      })
  void aLinkOutOfThePageIsRefused(String link) {
    for (String attribute : List.of("href", "src")) {
      assertThatThrownBy(() -> Element.of("a").with(attribute, link))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Nothing on a page leads out of it, got '" + link + "'.");
    }
    assertThat(Element.of("a").with("href", "#b")).hasToString("<a href=\"#b\"></a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<math><mi>x</mi><script>1</script></math>",
        "<math><mi onclick=\"x\">x</mi></math>",
        "<math><mi style=\"x\">x</mi></math>",
        "<img src=\"x\">",
        "x",
        "<math><mi>x</mi><",
        "<math><mi href=\"#a\">x</mi></math>"
      })
  void aFormulaThatIsMoreThanMathMlIsRefused(String markup) {
    assertThatThrownBy(() -> new MathFormula(markup)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFormulaIsWrittenAsItIs() {
    String markup = "<math display=\"block\"><mo stretchy=\"false\">(</mo><mi>x &lt; y</mi></math>";
    assertThat(Element.of("p", new MathFormula(markup))).hasToString("<p>" + markup + "</p>");
  }

  @Test
  void aScriptThatEndsItselfIsRefused() {
    for (String text : List.of("'</script>'", "<!-- a")) {
      assertThatThrownBy(() -> Page.titled("A").script(text).html())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A script would end before its end");
    }
  }

  @Test
  void aPlayerHasAValueForEachFrame() throws IOException {
    Player player =
        Player.of("film", "A film", 2)
            .changing("dot", "cx", List.of("1", "2"))
            .saying("dot", List.of("<a>", "b"));
    String html = Page.titled("A").playing(player).section("s", "S", player.figure()).html();
    JsonNode data =
        JsonMapper.builder()
            .build()
            .readTree(html.replaceAll("(?s).*id=\"page-data\">(.*?)</script>.*", "$1"));
    assertThat(data.at("/players/film/changes/dot/text/0").asText()).isEqualTo("<a>");
    assertThat(data.at("/players/film/changes/dot/cx/1").asText()).isEqualTo("2");
    assertThatThrownBy(() -> player.changing("dot", "cy", List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'film' has 2 frames, got 1 values of cy of 'dot'.");
    assertThatThrownBy(() -> player.changing("dot", "onclick", List.of("1", "2")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatThrownBy(() -> DataTable.of("T", "a", "#b").row("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row of 'T' has 2 cells, got 1.");
    assertThat(DataTable.of("T", "a", "#b").row("1", "2").element().toString())
        .contains(
            "<th scope=\"col\">a</th><th scope=\"col\" class=\"number\">b</th>",
            "<th scope=\"row\">1</th><td class=\"number\">2</td>");
  }

  @Test
  void numbersAreReadEasily() {
    Map<Double, String> shown =
        Map.ofEntries(
            Map.entry(0.0, "0"),
            Map.entry(-0.0, "0"),
            Map.entry(1797.0, "1797"),
            Map.entry(0.031415926, "0.03142"),
            Map.entry(-2.5, "−2.5"),
            Map.entry(3.14159e-9, "3.142e−9"),
            Map.entry(1e-10, "1e−10"),
            Map.entry(1.5e12, "1.5e12"),
            Map.entry(100.04, "100"),
            Map.entry(Double.NaN, "NaN"),
            Map.entry(Double.NEGATIVE_INFINITY, "−∞"));
    shown.forEach((number, text) -> assertThat(ShownNumber.text(number)).isEqualTo(text));
    assertThat(Stream.of(1e-4, 0.01, 1.0, 1000.0, 1e12).map(ShownNumber::power))
        .containsExactly("1e−4", "0.01", "1", "1e3", "1e12");
    assertThat(Stream.of(1.0, 0.25, -3.04, 12.96).map(ShownNumber::pixels))
        .containsExactly("1", "0.2", "-3", "13");
  }
}
