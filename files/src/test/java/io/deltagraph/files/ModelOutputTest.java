package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Graph;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOutputTest {
  private final OpRegistry ops = FileSamples.ops();
  private final Graph line = FileSamples.line(ops);

  @TempDir private Path folder;

  private ModelOutput claim(String stem) throws ModelFileException {
    return ModelOutput.claim(folder.resolve(stem));
  }

  private void save(ModelOutput output, double w) throws ModelFileException {
    output.save(line, FileSamples.weights(w, 0), Map.of());
  }

  private double saved(Path stem) throws ModelFileException {
    return ModelFiles.load(stem, ops).parameters().get("w").item();
  }

  private List<String> names(Path in) throws IOException {
    try (var files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("What is kept lies beside the old model until the new one replaces it")
  void keepsBeside() throws IOException {
    ModelFiles.save(folder.resolve("m"), line, FileSamples.weights(1, 0), Map.of());
    Files.writeString(folder.resolve("m.autosave.json"), "something of the user's");
    try (ModelOutput output = claim("m")) {
      assertThat(output.kept()).isEmpty();
      List<Path> told = new ArrayList<>();
      output.keep(line, FileSamples.weights(2, 0), Map.of(), told::add);
      output.keep(line, FileSamples.weights(3, 0), Map.of(), told::add);
      Path kept = folder.resolve("m.autosave-2");
      assertThat(told).containsExactly(kept, kept);
      assertThat(output.isSaved()).isFalse();
      assertThat(output.kept()).contains(kept);
      assertThat(saved(kept)).isEqualTo(3);
      assertThat(saved(folder.resolve("m"))).isEqualTo(1);
      save(output, 4);
      assertThat(output.isSaved()).isTrue();
      assertThat(output.kept()).isEmpty();
    }
    assertThat(saved(folder.resolve("m"))).isEqualTo(4);
    assertThat(names(folder)).containsExactly("m.autosave.json", "m.json", "m.safetensors");
    assertThat(folder.resolve("m.autosave.json")).hasContent("something of the user's");
  }

  @Test
  @DisplayName("A second writer of one model is refused, by whatever name it asks")
  void refusesASecondWriter() throws IOException {
    Path link = folder.resolve("link.json");
    try (ModelOutput first = claim("m")) {
      save(first, 1);
      Files.createSymbolicLink(link, Path.of("m.json"));
      for (String name : List.of("m", "m.json", "link")) {
        assertThatThrownBy(() -> claim(name))
            .isInstanceOf(ModelFileException.class)
            .hasMessageStartingWith("This process is writing this model already.\n")
            .hasMessageContaining("choose another name");
      }
      claim("n").close();
      save(first, 2);
    }
    try (ModelOutput second = claim("m")) {
      save(second, 3);
    }
    assertThat(saved(folder.resolve("m"))).isEqualTo(3);
    assertThat(names(folder)).containsExactly("link.json", "m.json", "m.safetensors");
  }

  @Test
  @DisplayName("A claim whose process is gone, and what it had begun, are cleared away")
  void clearsWhatIsLeftBehind() throws IOException {
    // A number that no process has here: a claim holds by its lock alone.
    Files.createFile(folder.resolve("m.json.4194305-abc-1.writing"));
    Files.writeString(folder.resolve("m.json.4194305-abc-1.tmp"), "half");
    Files.writeString(folder.resolve("m.safetensors.1-abc-2.tmp"), "half");
    Files.writeString(folder.resolve("m.0123456789abcdef.safetensors"), "half");
    Path other = Files.writeString(folder.resolve("m.json.tmp"), "something of the user's");
    try (ModelOutput output = claim("m")) {
      save(output, 1);
    }
    assertThat(names(folder)).containsExactly("m.json", "m.json.tmp", "m.safetensors");
    assertThat(other).hasContent("something of the user's");
  }

  @Test
  @DisplayName("Threads that save one model at once save one after the other, or are refused")
  void threads() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        double w = i;
        all.add(
            pool.submit(() -> {
              try {
                ModelFiles.save(folder.resolve("m"), line, FileSamples.weights(w, 0), Map.of());
                return true;
              } catch (ModelFileException e) {
                assertThat(e).hasMessageContaining("is writing this model already");
                return false;
              }
            }));
      }
      int done = 0;
      for (Future<Boolean> one : all) {
        done += one.get() ? 1 : 0;
      }
      assertThat(done).isPositive();
    }
    assertThat(saved(folder.resolve("m"))).isBetween(0.0, 19.0);
    assertThat(names(folder)).containsExactly("m.json", "m.safetensors");
  }

  @Test
  @DisplayName("A model behind links is replaced there, and whole by every name at every moment")
  void followsLinks() throws IOException {
    Path json = Files.createDirectory(folder.resolve("graphs")).resolve("a.json");
    Path weights = Files.createDirectory(folder.resolve("weights")).resolve("b.safetensors");
    Path near = Files.createDirectory(folder.resolve("near"));
    Files.createSymbolicLink(near.resolve("m.json"), json);
    Files.createSymbolicLink(near.resolve("m.safetensors"), weights);
    for (int w = 1; w <= 2; w++) {
      ModelFiles.save(near.resolve("m"), line, FileSamples.weights(w, 0), Map.of());
      assertThat(saved(near.resolve("m"))).isEqualTo(w);
      assertThat(near.resolve("m.json")).isSymbolicLink();
      assertThat(near.resolve("m.safetensors")).isSymbolicLink();
      assertThat(names(near)).containsExactly("m.json", "m.safetensors");
      assertThat(names(json.getParent())).containsExactly("a.json");
      assertThat(names(weights.getParent())).containsExactly("b.safetensors");
    }
    // Cut off after the moment of saving: the weights wait beside the JSON that names them.
    Storage cut =
        new Disk() {
          private int moves;

          @Override
          public void move(Path from, Path to) throws IOException {
            if (++moves == 3) {
              throw new IOException("cut off");
            }
            super.move(from, to);
          }
        };
    try (ModelOutput output = ModelOutput.claim(cut, near.resolve("m"))) {
      save(output, 3);
    }
    assertThat(saved(near.resolve("m"))).isEqualTo(3);
  }

  @Test
  @DisplayName("What cannot be a model's file is refused before anything is written")
  void refusesDevices() throws IOException {
    Files.createDirectory(folder.resolve("m.json"));
    assertThatThrownBy(() -> claim("m"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("it is a folder");
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> ModelOutput.claim(file.resolve("m")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("It cannot be written: ");
    assertThat(file).hasContent("in the way");
    Path link = Files.createSymbolicLink(folder.resolve("n.safetensors"), Path.of("/dev/null"));
    assertThatThrownBy(() -> claim("n"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("it is a device or a pipe, from which no model can be loaded");
    Files.delete(link);
  }
}
