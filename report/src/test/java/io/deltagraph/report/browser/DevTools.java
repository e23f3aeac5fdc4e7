package io.deltagraph.report.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The DevTools protocol of a browser: commands with their answers, and events, each a JSON object
 * in a message of a web socket.
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final JsonMapper json = JsonMapper.builder().build();
  private final StringBuilder incoming = new StringBuilder();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<String, JsonNode>> sessions = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private int last;

  DevTools(URI address) {
    socket = client.newWebSocketBuilder().buildAsync(address, this).join();
  }

  /** What a tab hears of: the name of each event and what belongs to it. */
  void listen(String session, BiConsumer<String, JsonNode> listener) {
    sessions.put(session, listener);
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param session of a tab, or an empty text for the browser itself
   * @throws IllegalStateException if the browser refuses it
   */
  JsonNode command(String session, String method, Map<String, ?> parameters) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    ObjectNode message = json.createObjectNode();
    synchronized (this) {
      message.put("id", ++last).put("method", method);
      message.set("params", json.valueToTree(parameters));
      if (!session.isEmpty()) {
        message.put("sessionId", session);
      }
      waiting.put(last, answer);
      socket.sendText(message.toString(), true).join();
    }
    JsonNode result =
        answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).exceptionally(this::lost).join();
    if (result.has("error")) {
      throw new IllegalStateException(method + ": " + result.get("error"));
    }
    return result.path("result");
  }

  private JsonNode lost(Throwable reason) {
    throw new IllegalStateException("The browser does not answer.", reason);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean complete) {
    incoming.append(data);
    if (complete) {
      String text = incoming.toString();
      incoming.setLength(0);
      receive(text);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  private void receive(String text) {
    JsonNode message;
    try {
      message = json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
    if (answer != null) {
      answer.complete(message);
      return;
    }
    BiConsumer<String, JsonNode> listener = sessions.get(message.path("sessionId").asText());
    if (listener != null) {
      listener.accept(message.path("method").asText(), message.path("params"));
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
