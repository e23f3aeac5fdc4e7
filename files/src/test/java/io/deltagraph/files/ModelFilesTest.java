package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  private final OpRegistry ops = FileSamples.ops();
  private final Graph line = FileSamples.line(ops);

  @TempDir private Path folder;
  private Path stem;
  private Path json;
  private Path weights;

  @BeforeEach
  void nameFiles() {
    stem = folder.resolve("models").resolve("line.v2");
    json = stem.resolveSibling("line.v2.json");
    weights = stem.resolveSibling("line.v2.safetensors");
  }

  private void save(double w) throws ModelFileException {
    ModelFiles.save(stem, line, FileSamples.weights(w, -0.0), Map.of("saved", "" + w));
  }

  /** The weight of the model on disk, which must be whole. */
  private double saved() throws ModelFileException {
    ModelFiles.Model model = ModelFiles.load(stem, ops);
    double w = model.parameters().get("w").item();
    assertThat(model.metadata()).isEqualTo(Map.of("saved", "" + w));
    assertThat(model.parameters().get("b").bitEquals(Tensor.vector(-0.0))).isTrue();
    assertThat(GraphJson.write(model.graph())).isEqualTo(GraphJson.write(line));
    return w;
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(stem.getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void savesTwoFilesAndLoadsThem() throws IOException {
    save(0.1);
    assertThat(saved()).isEqualTo(0.1);
    save(0.2);
    assertThat(saved()).isEqualTo(0.2);
    assertThat(names()).containsExactly("line.v2.json", "line.v2.safetensors");
    assertThat(ModelFiles.load(json, ops).metadata()).isEqualTo(Map.of("saved", "0.2"));
    assertThat(ModelFiles.load(weights, ops).metadata()).isEqualTo(Map.of("saved", "0.2"));
  }

  @Test
  void keepsNamedDimensionsUpdatesAndManyParameters() throws IOException {
    Graph step = FileSamples.step(new GraphBuilder(ops));
    Map<String, Tensor> parameters =
        Map.of(
            "W1", Tensor.matrix(new double[][] {{1, 2}, {3, 4}, {5, 1.0 / 3}}),
            "b1", Tensor.vector(Double.NaN, -0.0, 1e-310),
            "W2", Tensor.matrix(new double[][] {{7, 8, 9}}));
    ModelFiles.save(stem, step, parameters, Map.of());
    ModelFiles.Model model = ModelFiles.load(stem, ops);
    assertThat(GraphJson.write(model.graph())).isEqualTo(GraphJson.write(step));
    parameters.forEach(
        (name, tensor) -> assertThat(model.parameters().get(name).bitEquals(tensor)).isTrue());
  }

  /** Lets one step fail, as a full disk would, or all from it on, as a crash would. */
  private static final class Failing implements Storage {
    private final Disk disk = new Disk();
    private final int failing;
    private final boolean crash;
    private int steps;

    Failing(int failing, boolean crash) {
      this.failing = failing;
      this.crash = crash;
    }

    private boolean fails() {
      int step = steps++;
      return step == failing || (crash && step > failing);
    }

    private void step() throws IOException {
      if (fails()) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public Path aside(Path file, OutputFile.Content content) throws IOException {
      boolean fails = fails();
      Path aside =
          disk.aside(
              file,
              out -> {
                if (fails && !crash) {
                  out.write(1);
                  throw new IOException("No space left on device");
                }
                content.write(out);
              });
      if (fails) {
        throw new IOException("No space left on device");
      }
      return aside;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      step();
      disk.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      disk.delete(file);
    }

    @Override
    public boolean exists(Path file) {
      return disk.exists(file);
    }

    @Override
    public List<Path> files(Path folder) throws IOException {
      step();
      return disk.files(folder);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void staysWholeWhicheverStepFails(boolean crash) throws IOException {
    // Write weights, name them, write JSON, move it: the moment of saving; rename weights, list.
    int commit = 3;
    int all = 6;
    for (int failing = 0; failing < all; failing++) {
      for (int earlier = 0; earlier < all; earlier++) {
        save(1);
        interrupted(2, new Failing(earlier, true));
        double old = saved();
        assertThat(old).isEqualTo(earlier <= commit ? 1 : 2);
        boolean reported = interrupted(3, new Failing(failing, crash));
        assertThat(reported).isEqualTo(failing <= commit);
        assertThat(saved()).isEqualTo(failing <= commit ? old : 3);
      }
    }
    save(4);
    assertThat(saved()).isEqualTo(4);
    assertThat(names()).containsExactly("line.v2.json", "line.v2.safetensors");
    Failing never = new Failing(Integer.MAX_VALUE, false);
    interrupted(5, never);
    assertThat(never.steps).isEqualTo(all);
  }

  /** Whether saving through that storage reported a failure. */
  private boolean interrupted(double w, Storage storage) {
    try {
      try (ModelOutput output = ModelOutput.claim(storage, stem)) {
        output.save(line, FileSamples.weights(w, -0.0), Map.of("saved", "" + w));
      }
      return false;
    } catch (ModelFileException e) {
      assertThat(e)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("what was saved before is untouched");
      return true;
    }
  }

  @Test
  void cleansUpAfterAFailureThatIsNoCrash() throws IOException {
    save(1);
    for (int failing = 0; failing <= 3; failing++) {
      assertThat(interrupted(2, new Failing(failing, false))).isTrue();
      assertThat(names()).containsExactly("line.v2.json", "line.v2.safetensors");
    }
  }

  @Test
  void refusesEveryCutAndEveryFlippedBit() throws IOException {
    save(0.1);
    for (Path file : List.of(json, weights)) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> ModelFiles.load(stem, ops)).isInstanceOf(ModelFileException.class);
      }
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        byte[] flipped = whole.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        Files.write(file, flipped);
        assertThatThrownBy(() -> ModelFiles.load(stem, ops)).isInstanceOf(ModelFileException.class);
      }
      Files.write(file, whole);
      assertThat(saved()).isEqualTo(0.1);
    }
  }

  /** Replaces text in the JSON and states the SHA-256 that then fits, as an attacker would. */
  private void forge(String from, String to) throws IOException, NoSuchAlgorithmException {
    String text = Files.readString(json);
    assertThat(text).contains(from);
    String signed = text.substring(0, text.length() - 68).replace(from, to);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.UTF_8));
    Files.writeString(json, signed + HexFormat.of().formatHex(digest) + "\"\n}\n");
  }

  @Test
  void refusesForgedModels() throws Exception {
    String[][] forgeries = {
      {"\"version\": 1,\n  \"weights\"", "\"version\": 9,\n  \"weights\"", "Its version is 9"},
      {"deltagraph-model", "pickle", "Its format is 'pickle'"},
      {"\"metadata\"", "\"loader\": \"java.lang.Runtime\",\n  \"metadata\"", "'loader' is unknown"},
      {"\"op\": \"hadamard\"", "\"op\": \"acme:absent\"", "No op named 'acme:absent'"},
      {
        "\"parameter\": \"w\", \"type\": \"f64[]\"",
        "\"parameter\": \"w\", \"type\": \"f64[1]\"",
        "The parameter 'w' is f64[1] in the graph, and its tensor is f64[]."
      },
      {
        "\"parameter\": \"w\"",
        "\"parameter\": \"v\"",
        "'v' is f64[] in the graph, and its tensor is missing"
      },
      {"\"parameter\": \"w\"", "\"input\": \"w\"", "The tensor 'w' belongs to no parameter"},
      {"\"weights\": \"", "\"weights\": \"../", "longer than 64 characters"},
    };
    for (String[] forgery : forgeries) {
      save(0.1);
      forge(forgery[0], forgery[1]);
      assertThatThrownBy(() -> ModelFiles.load(stem, ops))
          .as(forgery[1])
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining(forgery[2]);
    }
    save(0.1);
    forge("\"saved\": \"0.1\"", "\"saved\": \"9\"");
    assertThat(ModelFiles.load(stem, ops).metadata()).containsEntry("saved", "9");
  }

  @Test
  void refusesTheWeightsOfAnotherModel() throws IOException {
    save(0.1);
    byte[] other = Files.readAllBytes(weights);
    save(0.2);
    Files.write(weights, other);
    assertThatThrownBy(() -> ModelFiles.load(stem, ops))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("Its SHA-256 is not the one that")
        .hasMessageContaining("file    " + weights);
    Files.delete(weights);
    assertThatThrownBy(() -> ModelFiles.load(stem, ops))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("There is no such file.");
  }

  @Test
  void namesTheFileOfAnUnknownOp() throws IOException {
    Graph scaled = scaled();
    ModelFiles.save(stem, scaled, Map.of(), Map.of());
    assertThatThrownBy(() -> ModelFiles.load(stem, SampleOps.registry()))
        .isInstanceOf(ModelFileException.class)
        .hasCauseInstanceOf(GraphException.UnknownOp.class)
        .hasMessageContaining("No op named 'acme:scale'")
        .hasMessageContaining("file    " + json);
  }

  private Graph scaled() {
    Graph graph = FileSamples.line(ops);
    var y = graph.inputs().get(0).op("acme:scale", Map.of("factor", 2));
    return y.builder().graph(Map.of("y", y));
  }

  @Test
  void refusesParametersThatDoNotFit() throws IOException {
    save(1);
    assertThatThrownBy(() -> ModelFiles.save(stem, line, Map.of("w", Tensor.scalar(1)), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("'b' is f64[1] in the graph, and its tensor is missing");
    assertThatThrownBy(() ->
            ModelFiles.save(
                stem, line, Map.of("w", Tensor.scalar(1), "b", Tensor.scalar(1)), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("and its tensor is f64[]");
    assertThatThrownBy(
            () -> ModelFiles.save(stem, line, FileSamples.weights(2, 0), Map.of("a\0", "")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("holds a control character");
    assertThat(saved()).isEqualTo(1);
    assertThat(names()).containsExactly("line.v2.json", "line.v2.safetensors");
  }
}
