package io.deltagraph.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A page in a tab of a browser, with all that it said and asked for since it was opened. */
final class BrowserPage implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private final DevTools tools;
  private final String target;
  private final String session;
  private final String address;
  private final List<String> console = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean loaded;
  private Look look = Look.USUAL;
  private volatile boolean inspected;

  BrowserPage(DevTools tools, String target, String session, String address) {
    this.tools = tools;
    this.target = target;
    this.session = session;
    this.address = address;
    tools.listen(session, this::heard);
  }

  private void heard(String event, JsonNode about) {
    if (inspected) {
      return; // axe-core's own lines are not the page's
    }
    switch (event) {
      case "Runtime.consoleAPICalled" -> console.add(about.path("args").toString());
      case "Runtime.exceptionThrown" -> console.add(about.path("exceptionDetails").toString());
      case "Log.entryAdded" -> console.add(about.path("entry").toString());
      case "Network.requestWillBeSent" -> requests.add(about.path("request").path("url").asText());
      case "Network.webSocketCreated" -> requests.add(about.path("url").asText());
      case "Page.loadEventFired" -> loaded = true;
      default -> {}
    }
  }

  /** Loads the file and waits until all of it is there. */
  void load(Look first) {
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      command(domain + ".enable", Map.of());
    }
    show(first);
    command("Page.navigate", Map.of("url", address));
    await(() -> loaded, "the page to load");
  }

  /** Shows the same page otherwise. */
  void show(Look other) {
    look = other;
    window(look.height());
    media("prefers-color-scheme", look.dark() ? "dark" : "light");
  }

  private void window(int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            look.width(),
            "height",
            height,
            "deviceScaleFactor",
            1,
            "mobile",
            look.isPhone()));
  }

  private void media(String feature, String value) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** What an expression of the page's language comes to, or what its promise does. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        command(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** The text of the first element that a selector finds. */
  String text(String selector) {
    return evaluate(element(selector) + ".textContent").asText();
  }

  /** Whether the first element that a selector finds holds the keyboard's focus. */
  boolean isFocused(String selector) {
    return evaluate("document.activeElement === " + element(selector)).asBoolean();
  }

  /** Clicks in the middle of an element, as a mouse does. */
  void click(String selector) {
    JsonNode middle =
        evaluate(
            "(() => { const e = "
                + element(selector)
                + "; e.scrollIntoView({block: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
    for (String kind : List.of("mousePressed", "mouseReleased")) {
      command(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              kind,
              "x",
              middle.path("x").asDouble(),
              "y",
              middle.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Gives an element the keyboard's focus. */
  void focus(String selector) {
    evaluate(element(selector) + ".focus()");
  }

  /** Presses a key as the keyboard does: Tab, Enter, ArrowRight, Home, a space. */
  void press(String key) {
    int code =
        switch (key) {
          case "Tab" -> 9;
          case "Enter" -> 13;
          case " " -> 32;
          case "End" -> 35;
          case "Home" -> 36;
          case "ArrowLeft" -> 37;
          case "ArrowUp" -> 38;
          case "ArrowRight" -> 39;
          case "ArrowDown" -> 40;
          default -> throw new IllegalArgumentException("No code for the key " + key + ".");
        };
    String written = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
    Map<String, Object> pressed =
        Map.of(
            "type", written.isEmpty() ? "rawKeyDown" : "keyDown",
            "key", key,
            "code", key.equals(" ") ? "Space" : key,
            "windowsVirtualKeyCode", code,
            "text", written);
    command("Input.dispatchKeyEvent", pressed);
    command(
        "Input.dispatchKeyEvent",
        Map.of(
            "type",
            "keyUp",
            "key",
            key,
            "code",
            key.equals(" ") ? "Space" : key,
            "windowsVirtualKeyCode",
            code));
  }

  /** Moves a slider, as a drag does, or chooses in a list. */
  void move(String selector, String value) {
    evaluate(
        "(() => { const e = "
            + element(selector)
            + "; e.value = '"
            + value
            + "'; e.dispatchEvent(new Event('input', {bubbles: true}));"
            + " e.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    await(() -> evaluate(expression).asBoolean(), expression);
  }

  private static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Waited in vain for " + what + ".");
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Everything on the console, exceptions included, since the page was opened. */
  List<String> console() {
    return List.copyOf(console);
  }

  /** Every address that was asked for, but the page itself and what lies inside it. */
  List<String> foreignRequests() {
    List<String> foreign = new ArrayList<>(requests);
    foreign.removeIf(asked -> asked.equals(address) || asked.startsWith("data:"));
    return foreign;
  }

  /** What axe-core finds that is serious or critical: rule, help and place. */
  List<String> seriousFindings() {
    evaluate(axe() + "; true");
    inspected = true;
    JsonNode found =
        evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id +"
                + " ': ' + v.help + ': ' + v.nodes.map(n => n.html.slice(0, 200) + ' '"
                + " + n.failureSummary).join(' | ')))");
    inspected = false;
    List<String> all = new ArrayList<>();
    found.forEach(one -> all.add(one.asText()));
    return all;
  }

  private static String axe() {
    try (InputStream in = BrowserPage.class.getClassLoader().getResourceAsStream(AXE)) {
      if (in == null) {
        throw new IllegalStateException("No " + AXE + " on the class path.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a picture of the whole page, in a window that is as high, to {@code target/screenshots}.
   */
  Path screenshot(String name) {
    JsonNode size = command("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
    window(Math.clamp(size.path("height").asInt(), look.height(), 6000));
    String picture = command("Page.captureScreenshot", Map.of()).path("data").asText();
    window(look.height());
    try {
      Files.createDirectories(SCREENSHOTS);
      return Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What every page must keep, looked at in all ways: no console line, no request, nothing
   * sideways, nothing that axe-core calls serious. Screenshots are left.
   */
  void assertSound(String name) {
    for (Look each : Look.ALL) {
      show(each);
      screenshot(name + "-" + each);
      assertThat(seriousFindings()).as("%s: axe-core, %s", name, each).isEmpty();
      assertThat(evaluate("document.documentElement.scrollWidth").asInt())
          .as("%s: width of the page, %s", name, each)
          .isLessThanOrEqualTo(each.width());
    }
    assertQuiet(name);
  }

  /** No console line and no request so far. */
  void assertQuiet(String name) {
    assertThat(console()).as("%s: console", name).isEmpty();
    assertThat(foreignRequests()).as("%s: requests", name).isEmpty();
  }

  private static String element(String selector) {
    return "document.querySelector('" + selector.replace("'", "\\'") + "')";
  }

  private JsonNode command(String method, Map<String, ?> parameters) {
    return tools.command(session, method, parameters);
  }

  @Override
  public void close() {
    tools.command("", "Target.closeTarget", Map.of("targetId", target));
  }
}
