package io.deltagraph.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Ascii;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deltagraph.data.CsvLimits;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.InputException;
import io.deltagraph.serving.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A predictor behind HTTP: {@code POST /predict} answers one row, a list of rows or CSV, {@code GET
 * /health} says whether it is up, and {@code GET /} what the model takes and gives.
 *
 * <p>Every answer is JSON. A request that is refused gets {@code {"error": "…"}}, one line, with
 * status 400, 404, 405, 408, 413, 415 or 503.
 */
public final class PredictionService implements AutoCloseable {
  private static final int OK = 200;
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static final Set<String> PATHS = Set.of("/", "/health", "/predict");

  private final Predictor predictor;
  private final String name;
  private final ServiceLimits limits;
  private final PredictionJson json;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns;
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean stopping;

  private PredictionService(
      Predictor predictor, String name, ServiceLimits limits, HttpServer server) {
    this.predictor = predictor;
    this.name = name;
    this.limits = limits;
    this.server = server;
    json = new PredictionJson(predictor);
    turns = new Semaphore(limits.requests());
  }

  /**
   * Starts to serve. One prediction is made first, so that the first client need not wait for
   * plans.
   *
   * @param predictor by what to predict
   * @param name what to call the model
   * @param address where to listen; port 0 means any that is free
   * @param limits what to take on
   * @throws IOException if nobody may listen there, or another one does
   */
  public static PredictionService start(
      Predictor predictor, String name, InetSocketAddress address, ServiceLimits limits)
      throws IOException {
    PredictionService service =
        new PredictionService(predictor, name, limits, HttpServer.create(address, 0));
    service.predictor.predict(ExampleRow.of(predictor.model()));
    service.server.setExecutor(service.threads);
    service.server.createContext("/", service::handle);
    service.server.start();
    return service;
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080/}. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    InetAddress host = bound.getAddress();
    String text = host.getHostAddress();
    String shown = text.contains(":") ? "[" + text + "]" : text;
    return URI.create("http://" + shown + ":" + bound.getPort() + "/");
  }

  /** How many requests were answered, refusals included. */
  public long answered() {
    return answered.get();
  }

  /**
   * Stops: requests in hand are answered, waiting for them as long as the limits say, new ones are
   * refused, and then nobody listens any more.
   */
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    try {
      if (turns.tryAcquire(limits.requests(), limits.time().toNanos(), TimeUnit.NANOSECONDS)) {
        turns.release(limits.requests());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(1);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) {
    boolean turn = turns.tryAcquire();
    try (exchange) {
      int status = OK;
      JsonNode answer;
      Runnable afterwards = () -> {};
      try {
        answer = answer(exchange, turn);
      } catch (Refusal refusal) {
        status = refusal.status();
        answer = json.error(String.valueOf(refusal.getMessage()));
        afterwards = refusal.afterwards();
      } catch (InputException e) {
        status = Refusal.BAD_REQUEST;
        answer = json.error(oneLine(String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        status = Refusal.BUG;
        answer = json.error(oneLine("This is a bug: " + e));
      }
      send(exchange, status, answer, afterwards);
    } catch (IOException gone) {
      return; // Whoever asked has left.
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  private void send(HttpExchange exchange, int status, JsonNode answer, Runnable afterwards)
      throws IOException {
    answered.incrementAndGet();
    byte[] bytes = json.bytes(answer, exchange.getRequestURI().getPath().equals("/"));
    exchange.getResponseHeaders().set("Content-Type", JSON);
    if (status == Refusal.BUSY) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    // What is left of a body that was refused is not waited for.
    if (stopping || status == Refusal.TOO_SLOW || status == Refusal.TOO_LARGE) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
      out.flush();
      afterwards.run();
    }
  }

  private JsonNode answer(HttpExchange exchange, boolean turn) throws Refusal, IOException {
    String path = exchange.getRequestURI().getPath();
    if (!PATHS.contains(path)) {
      throw new Refusal(
          Refusal.NOT_FOUND, "There is no such path: use POST /predict, GET /health or GET /.");
    }
    String method = path.equals("/predict") ? "POST" : "GET";
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new Refusal(Refusal.WRONG_METHOD, "%s takes %s alone.".formatted(path, method));
    }
    if (stopping) {
      throw new Refusal(Refusal.BUSY, "The service is stopping.");
    }
    if (path.equals("/health")) {
      return json.health("up");
    }
    if (!turn) {
      throw new Refusal(
          Refusal.BUSY, "%d requests are in hand already: try again.".formatted(limits.requests()));
    }
    if (path.equals("/")) {
      return json.description(name, limits);
    }
    String type = type(exchange);
    byte[] body = body(exchange);
    if (type.equals(JSON)) {
      return json.predict(body, limits.rows());
    }
    CsvTable table = CsvTable.parse("the body", body, CsvLimits.DEFAULT);
    PredictionJson.requireRows(table.rows(), limits.rows());
    return json.json(predictor.predict(table));
  }

  private static String type(HttpExchange exchange) throws Refusal {
    String given = exchange.getRequestHeaders().getFirst("Content-Type");
    String type = given == null ? JSON : Ascii.toLowerCase(given.replaceFirst(";.*", "").strip());
    if (!type.equals(JSON) && !type.equals(CSV)) {
      throw new Refusal(
          Refusal.WRONG_TYPE,
          "The content type is %s: send the header 'Content-Type: %s' with a row or a list of rows,"
                  .formatted(InputException.quoted(type), JSON)
              + " or 'Content-Type: %s' with CSV.".formatted(CSV));
    }
    return type;
  }

  /** The whole body, read by another thread: this one watches the time. */
  private byte[] body(HttpExchange exchange) throws Refusal, IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && isMore(length, limits.bodyBytes())) {
      throw tooLong();
    }
    InputStream in = exchange.getRequestBody();
    Future<byte[]> reading = threads.submit(() -> in.readNBytes(limits.bodyBytes() + 1));
    try {
      byte[] body = reading.get(limits.time().toNanos(), TimeUnit.NANOSECONDS);
      if (body.length > limits.bodyBytes()) {
        throw tooLong();
      }
      return body;
    } catch (TimeoutException e) {
      throw new Refusal(
          Refusal.TOO_SLOW,
          "The body has not arrived within %s seconds.".formatted(limits.time().toMillis() / 1e3),
          // Whoever still reads it keeps the answer from being closed; this ends the connection.
          () -> reading.cancel(true));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static boolean isMore(String length, int most) {
    try {
      return Long.parseLong(length.strip()) > most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Refusal tooLong() {
    return new Refusal(
        Refusal.TOO_LARGE,
        "The body is too long: send at most %d bytes.".formatted(limits.bodyBytes()));
  }
}
