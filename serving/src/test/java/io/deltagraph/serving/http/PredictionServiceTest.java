package io.deltagraph.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.CsvTable;
import io.deltagraph.serving.Predictions;
import io.deltagraph.serving.Predictor;
import io.deltagraph.serving.SampleModel;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.type.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service as a client meets it, over real connections. */
class PredictionServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ServiceLimits SMALL = new ServiceLimits(4000, 20, Duration.ofMillis(500), 3);

  private final HttpClient client = HttpClient.newHttpClient();
  private PredictionService service;

  @BeforeEach
  void start() throws IOException {
    service = service(SampleModel.classes(2, DType.F32), SMALL);
  }

  @AfterEach
  void stop() {
    service.close();
    client.close();
  }

  private static PredictionService service(SavedModel model, ServiceLimits limits)
      throws IOException {
    return PredictionService.start(
        Predictor.of(model),
        "sample",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        limits);
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.address().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static ObjectNode row(CsvTable table, int i) {
    return JSON.createObjectNode()
        .put("size", table.numbers("size").get(i))
        .put("colour", table.categories("colour").get(i))
        .put("weight", table.numbers("weight").get(i));
  }

  private static void same(JsonNode said, Predictions expected, int row) {
    double[] shares = expected.probabilities().orElseThrow().toRows()[row];
    int best = 0;
    for (int k = 0; k < shares.length; k++) {
      String name = String.valueOf("abc".charAt(k));
      assertThat(said.get("probabilities").get(name).asDouble()).isEqualTo(shares[k]);
      best = shares[k] > shares[best] ? k : best;
    }
    assertThat(said.get("class").asText()).isEqualTo(String.valueOf("abc".charAt(best)));
  }

  @Test
  void aRowAListAndCsvGetTheNumbersOfThePrediction() throws Exception {
    CsvTable table = SampleModel.table(12);
    Predictions expected = SampleModel.classes(2, DType.F32).predict(table);
    HttpResponse<String> one =
        send("POST", "/predict", "application/json", row(table, 3).toString());
    assertThat(one.statusCode()).as(one.body()).isEqualTo(200);
    assertThat(one.headers().firstValue("Content-Type")).hasValue("application/json");
    same(JSON.readTree(one.body()), expected, 3);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(row(table, i).toString());
    }
    JsonNode list =
        JSON.readTree(send("POST", "/predict", "", "[" + String.join(",", rows) + "]").body());
    JsonNode csv =
        JSON.readTree(
            send("POST", "/predict", "text/csv; charset=utf-8", SampleModel.csv(12)).body());
    assertThat(list).hasSize(12);
    assertThat(csv).isEqualTo(list);
    for (int i = 0; i < 12; i++) {
      same(list.get(i), expected, i);
    }
    assertThat(JSON.readTree(send("POST", "/predict", "", "[]").body())).isEmpty();
  }

  @Test
  void numbersComeAsValues() throws Exception {
    service.close();
    service = service(SampleModel.numbers(), SMALL);
    CsvTable table = SampleModel.table(5);
    double expected = SampleModel.numbers().predict(table).outputs().get(4);
    JsonNode said = JSON.readTree(send("POST", "/predict", "", row(table, 4).toString()).body());
    assertThat(said.get("value").asDouble()).isEqualTo(expected);
  }

  @Test
  void thePageShowsARequestThatWorks() throws Exception {
    JsonNode page = JSON.readTree(send("GET", "/", "", "").body());
    assertThat(page.at("/model").asText()).isEqualTo("sample");
    assertThat(page.at("/takes/1/categories/1").asText()).isEqualTo("dark, blue");
    assertThat(page.at("/gives/classes")).hasSize(3);
    assertThat(page.at("/limits/rows").asInt()).isEqualTo(20);
    HttpResponse<String> said =
        send("POST", "/predict", "application/json", page.at("/example/body").toString());
    assertThat(said.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(said.body())).isEqualTo(page.at("/example/answer"));
    assertThat(send("GET", "/health", "", "").body()).isEqualTo("{\"status\":\"up\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /predict | application/json | '' | 405 | /predict takes POST alone.",
        "POST   | /        | application/json | {} | 405 | / takes GET alone.",
        "DELETE | /health  | ''               | '' | 405 | /health takes GET alone.",
        "POST   | /other   | application/json | {} | 404 | There is no such path",
        "POST   | /predict | text/html        | {} | 415 | The content type is 'text/html': send the"
            + " header 'Content-Type: application/json' with a row",
        "POST   | /predict | application/json | '' | 400 | a JSON object, a row, or a list",
        "POST   | /predict | application/json | {  | 400 | not JSON that can be used: line 1",
        "POST   | /predict | application/json | {} {} | 400 | not JSON that can be used",
        "POST   | /predict | application/json | 12 | 400 | a JSON object, a row, or a list",
        "POST   | /predict | application/json | [1] | 400 | row 1: it has to be a JSON object",
        "POST   | /predict | application/json | {} | 400 | no value for 'size'",
        "POST   | /predict | application/json | [[[[[[[[[[1]]]]]]]]]] | 400 | not JSON that can",
        "POST   | /predict | text/csv         | size | 400 | column names but no rows",
      })
  void whatIsWrongGetsOneLine(
      String method, String path, String type, String body, int status, String line)
      throws Exception {
    refused(send(method, path, type, body), status, line);
    // The service goes on.
    assertThat(send("GET", "/health", "", "").statusCode()).isEqualTo(200);
  }

  private static void refused(HttpResponse<String> answer, int status, String line)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json).hasSize(1);
    assertThat(json.get("error").asText()).contains(line).doesNotContain("\n", "\r");
  }

  @Test
  void cellsThatAreWrongAreNamed() throws Exception {
    CsvTable table = SampleModel.table(3);
    String good = row(table, 0).toString();
    for (String[] wrong :
        new String[][] {
          {"\"size\":\"tall\"", "row 2, column 'size': found 'tall', expected a number"},
          {"\"size\":1e999", "row 2, column 'size'"},
          {"\"size\":null", "row 2, column 'size': found a blank cell"},
          {"\"size\":[1]", "row 2, column 'size': found a list"},
          {"\"size\":1,\"colour\":\"pink\\nish\"", "row 2, column 'colour': found 'pink"},
        }) {
      String bad = "{\"colour\":\"red\",\"weight\":2," + wrong[0] + "}";
      if (wrong[0].contains("colour")) {
        bad = "{\"weight\":2," + wrong[0] + "}";
      }
      refused(send("POST", "/predict", "", "[" + good + "," + bad + "]"), 400, wrong[1]);
    }
    refused(
        send("POST", "/predict", "text/csv", "size,colour,weight\n1,red,x\n"),
        400,
        "the body, line 2, column 'weight': found 'x'");
    refused(send("POST", "/predict", "", "{\"size\":1,\"size\":2}"), 400, "not JSON that can");
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    refused(send("POST", "/predict", "text/csv", SampleModel.csv(21)), 413, "21 rows are too many");
    String rows = "[" + "{},".repeat(20) + "{}]";
    refused(send("POST", "/predict", "", rows), 413, "send at most 20");
    refused(send("POST", "/predict", "", " ".repeat(4001)), 413, "send at most 4000 bytes");
    // Without a length that says so beforehand.
    HttpRequest chunked =
        HttpRequest.newBuilder(service.address().resolve("/predict"))
            .POST(BodyPublishers.ofInputStream(() -> new Endless(9000)))
            .build();
    refused(client.send(chunked, BodyHandlers.ofString()), 413, "send at most 4000 bytes");
  }

  /** So many spaces. */
  private static final class Endless extends InputStream {
    private int left;

    Endless(int left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] to, int at, int most) {
      int count = Math.min(most, left);
      Arrays.fill(to, at, at + Math.max(count, 0), (byte) ' ');
      left -= count;
      return count > 0 ? count : -1;
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsNotWaitedFor() throws Exception {
    try (Socket slow = slow()) {
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("has not arrived within 0.5 seconds");
    }
  }

  /** A connection that has sent half a request. */
  private Socket slow() throws IOException {
    Socket socket = new Socket(service.address().getHost(), service.address().getPort());
    OutputStream out = socket.getOutputStream();
    out.write(
        "POST /predict HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{"
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  @Test
  void moreThanItTakesOnIsTurnedAwayAtOnce() throws Exception {
    service.close();
    service =
        service(SampleModel.numbers(), new ServiceLimits(4000, 20, Duration.ofSeconds(20), 2));
    String row = row(SampleModel.table(1), 0).toString();
    try (Socket first = slow();
        Socket second = slow()) {
      HttpResponse<String> third = send("POST", "/predict", "", row);
      for (int i = 0; i < 100 && third.statusCode() == 200; i++) {
        Thread.sleep(20); // The two may not have been taken up yet.
        third = send("POST", "/predict", "", row);
      }
      refused(third, 503, "2 requests are in hand already");
      assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(send("GET", "/health", "", "").statusCode()).isEqualTo(200);
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
    HttpResponse<String> later = send("POST", "/predict", "", row);
    for (int i = 0; i < 100 && later.statusCode() != 200; i++) {
      Thread.sleep(20);
      later = send("POST", "/predict", "", row);
    }
    assertThat(later.statusCode()).isEqualTo(200);
  }

  @Test
  void manyClientsGetTheirOwnAnswers() throws Exception {
    service.close();
    service =
        service(
            SampleModel.classes(2, DType.F32),
            new ServiceLimits(4000, 20, Duration.ofSeconds(20), 1000));
    CsvTable table = SampleModel.table(50);
    Predictions expected = SampleModel.classes(2, DType.F32).predict(table);
    List<Callable<Void>> work = new ArrayList<>();
    for (int k = 0; k < 600; k++) {
      int i = k * 7 % 50;
      work.add(() -> {
        HttpResponse<String> answer = send("POST", "/predict", "", row(table, i).toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        same(JSON.readTree(answer.body()), expected, i);
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(service.answered()).isEqualTo(600);
  }

  @Test
  void aRequestInHandIsAnsweredWhenTheServiceStops() throws Exception {
    service.close();
    service =
        service(SampleModel.numbers(), new ServiceLimits(4000, 20, Duration.ofSeconds(20), 3));
    byte[] row = row(SampleModel.table(1), 0).toString().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(service.address().getHost(), service.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /predict HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n{"
              .formatted(row.length)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread.sleep(300); // It is in hand by now.
      Thread closing = Thread.startVirtualThread(service::close);
      Thread.sleep(100);
      out.write(row, 1, row.length - 1);
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"value\"");
      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
    assertThat(refusesConnections()).isTrue();
  }

  private boolean refusesConnections() {
    try (Socket socket = new Socket(service.address().getHost(), service.address().getPort())) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }
}
