package io.deltagraph.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code deltagraph rehearse}: does in one process what users do, for the launcher, which has the
 * JVM keep the classes that this takes.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description =
        "Trains, checks, predicts and evaluates once, on small data, so that what these need can"
            + " be kept for quicker starts. Nothing is left behind.")
final class RehearseCommand implements Callable<Integer> {
  private static final String TABLE =
      """
      sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,class
      5.1,3.5,1.4,0.2,0
      6.3,3.3,6.0,2.5,2
      """;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("deltagraph");
    try {
      Path table = Files.writeString(folder.resolve("table.csv"), TABLE);
      String model = folder.resolve("model").toString();
      int failed = 0;
      for (List<String> command :
          List.of(
              List.of("train", "digits", "--epochs", "2", "--output", folder + "/digits"),
              List.of("train", "iris", "--epochs", "2", "--json", "--output", model),
              List.of("check", "iris"),
              List.of("predict", model, "--data", table.toString()),
              List.of("evaluate", model, "--data", table.toString()))) {
        failed = Math.max(failed, run(command));
      }
      return failed;
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static int run(List<String> command) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Main.commandLine()
        .setOut(nowhere)
        .setErr(nowhere)
        .execute(command.toArray(new String[0]));
  }
}
