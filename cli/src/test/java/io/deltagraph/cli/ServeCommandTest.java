package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.CsvTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own, asked by clients on several connections. */
class ServeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 4;

  @TempDir private Path folder;

  private void train() throws IOException {
    Run run = Run.here("train", Samples.write(folder), "--output", folder.resolve("m"));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** What predict says of the table's rows, to the bit. */
  private JsonNode predicted() throws IOException {
    Run run =
        Run.here(
            "predict",
            folder.resolve("m"),
            "--data",
            folder.resolve("table.csv"),
            "--probabilities",
            "--json");
    return run.json();
  }

  private URI address(Path out, Process process) throws Exception {
    for (int i = 0; i < 600 && process.isAlive() && Files.size(out) == 0; i++) {
      Thread.sleep(100);
    }
    String line = Files.readString(out);
    assertThat(line)
        .as(Files.readString(folder.resolve("err.txt")))
        .matches("Serving mine on http://127\\.0\\.0\\.1:\\d+/\n");
    return URI.create(line.substring(line.indexOf("http")).strip());
  }

  /** How a client fared: answers, and whether one of them was wrong. */
  private record Fared(int right, int turnedAway, String wrong) {}

  private Fared ask(URI address, int client, JsonNode expected, AtomicBoolean told) {
    CsvTable table = CsvTable.read(folder.resolve("table.csv"));
    int right = 0;
    int turnedAway = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = client; ; i = (i + CLIENTS) % table.rows()) {
        ObjectNode row =
            JSON.createObjectNode()
                .put("a", table.numbers("a").get(i))
                .put("b", table.numbers("b").get(i));
        boolean before = !told.get();
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(address.resolve("/predict"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(row.toString()))
                    .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          JsonNode said = JSON.readTree(answer.body());
          boolean same = said.get("class").equals(expected.get("predictions").get(i));
          for (int k = 0; k < 2; k++) {
            String name = expected.get("classes").get(k).asText();
            same &=
                said.get("probabilities").get(name).asDouble()
                    == expected.get("probabilities").get(i).get(k).asDouble();
          }
          if (!same) {
            return new Fared(right, turnedAway, "row " + i + ": " + said);
          }
          right++;
        } else if (answer.statusCode() == 503 && (!before || told.get())) {
          turnedAway++;
        } else {
          return new Fared(right, turnedAway, answer.statusCode() + ": " + answer.body());
        }
      }
    } catch (IOException closed) {
      return new Fared(right, turnedAway, told.get() ? "" : "lost: " + closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Fared(right, turnedAway, "interrupted");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void answersAreThoseOfPredictAndTheEndIsClean() throws Exception {
    train();
    JsonNode expected = predicted();
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process = Run.start(folder, out, err, "serve", "m", "--port", 0);
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      URI address = address(out, process);
      AtomicBoolean told = new AtomicBoolean();
      List<Future<Fared>> clients = new ArrayList<>();
      for (int k = 0; k < CLIENTS; k++) {
        int client = k;
        clients.add(threads.submit(() -> ask(address, client, expected, told)));
      }
      Thread.sleep(1500);
      told.set(true);
      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      int answers = 0;
      for (Future<Fared> client : clients) {
        Fared fared = client.get(20, TimeUnit.SECONDS);
        assertThat(fared.wrong()).isEmpty();
        assertThat(fared.right()).isGreaterThan(10);
        answers += fared.right() + fared.turnedAway();
      }
      assertThat(err).content().contains("deltagraph: stopped after ");
      String text = Files.readString(err).replaceAll("(?s).*stopped after (\\d+) answers.*", "$1");
      assertThat(Integer.parseInt(text)).isGreaterThanOrEqualTo(answers);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatCannotBeServedIsSaid() throws Exception {
    train();
    Path model = folder.resolve("m");
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Run run = Run.here("serve", model, "--port", taken.getLocalPort());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .contains("--port: found 127.0.0.1:" + taken.getLocalPort(), "choose another one");
    }
    Run host = Run.here("serve", model, "--host", "no.such.host.invalid");
    assertThat(host.exitCode()).isEqualTo(2);
    assertThat(host.err()).contains("--host: found no.such.host.invalid");
    Run port = Run.here("serve", model, "--port", 65_536);
    assertThat(port.exitCode()).isEqualTo(2);
    assertThat(port.err()).contains("--port: found 65536, expected a number from 0 to 65535");
    Run rows = Run.here("serve", model, "--max-rows", 0);
    assertThat(rows.exitCode()).isEqualTo(2);
    assertThat(rows.err()).contains("--max-rows");
    assertThat(Run.here("serve", folder.resolve("none")).exitCode()).isEqualTo(2);
  }
}
