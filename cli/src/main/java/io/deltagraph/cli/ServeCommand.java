package io.deltagraph.cli;

import io.deltagraph.data.InputException;
import io.deltagraph.serving.Predictor;
import io.deltagraph.serving.http.PredictionService;
import io.deltagraph.serving.http.ServiceLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph serve MODEL --port N}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Answers requests for predictions over HTTP until it is told to end (Ctrl-C, SIGTERM).",
      "",
      "POST /predict takes a row as a JSON object, a list of rows, or CSV as text/csv. GET / says"
          + " what the model takes and gives, with an example, and GET /health whether it is up."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph serve iris.model --port 8080",
      "  curl -s http://127.0.0.1:8080/",
      "  curl -s --data-binary @flowers.csv -H 'Content-Type: text/csv'"
          + " http://127.0.0.1:8080/predict"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(
      paramLabel = "MODEL",
      description = "What 'train' has saved, with or without the ending .json.")
  private Path model = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Where to listen; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Which of this machine's addresses to listen on (default: ${DEFAULT-VALUE}, which no"
              + " other machine reaches).")
  private String host = "";

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "The most bytes of a request (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      defaultValue = "10000",
      description = "The most rows of a request (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--max-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long a request may take to arrive (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many requests may be in hand at once (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > LAST_PORT) {
      throw new InputException(
          "--port", Integer.toString(port), "a number from 0 to " + LAST_PORT, "correct the value");
    }
    ServiceLimits limits =
        new ServiceLimits(
            SpecOptions.atLeastOne("--max-bytes", bytes),
            SpecOptions.atLeastOne("--max-rows", rows),
            Duration.ofSeconds(SpecOptions.atLeastOne("--max-seconds", seconds)),
            SpecOptions.atLeastOne("--max-requests", requests));
    // Read once, when the server's classes are loaded: a connection that says nothing, or half a
    // request, is closed; and answers are sent at once.
    set("sun.net.httpserver.maxReqTime", Integer.toString(2 * seconds));
    set("sun.net.httpserver.nodelay", "true");
    Predictor predictor = Predictor.of(ModelOptions.load(model, shared.registry()));
    Output out = new Output(command.commandLine(), shared.json());
    // Closed when the process is told to end, and not before.
    PredictionService service = start(predictor, limits);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(() -> {
          service.close();
          out.note("deltagraph: stopped after " + service.answered() + " answers.");
          ended.countDown();
        });
    Runtime.getRuntime().addShutdownHook(hook);
    out.report("Serving " + predictor.model().name() + " on " + service.address());
    out.result(
        Json.object().put("model", model.toString()).put("address", service.address().toString()));
    ended.await();
    return 0;
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private PredictionService start(Predictor predictor, ServiceLimits limits) throws IOException {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      return PredictionService.start(predictor, predictor.model().name(), address, limits);
    } catch (UnknownHostException e) {
      throw new InputException(
          "--host", host, "an address of this machine", "leave it out, or use 0.0.0.0 for all");
    } catch (BindException e) {
      throw new InputException(
          "--port",
          host + ":" + port + ", where nobody can listen now (" + e.getMessage() + ")",
          "a port that is free",
          "choose another one, or 0 for any");
    } catch (SocketException e) {
      throw new InputException(
          "--host", host + " (" + e.getMessage() + ")", "an address of this machine", "correct it");
    }
  }
}
