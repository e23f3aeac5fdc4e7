package io.deltagraph.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.Catalogue;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that does not load is left out, with a warning that says what to do. */
class BackendsTest {

  /** Says what it needs. */
  public static final class WithoutModule implements Backend {
    /** For the service loader. */
    public WithoutModule() {
      throw new GraphException.BadProvider(
          "work is done by plain loops. Start java with --add-modules jdk.incubator.vector.");
    }

    @Override
    public String name() {
      return "without its module";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return Optional.empty();
    }
  }

  @Test
  void isLeftOutWithOneWarning(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Backend.class.getName()),
        WithoutModule.class.getName() + "\ncom.acme.NoSuchBackend\n");
    Kept kept = new Kept();
    Logger logger = Logger.getLogger(Catalogue.class.getName());
    logger.addHandler(kept);
    logger.setUseParentHandlers(false);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Backend.class.getClassLoader())) {
      OpRegistry ops = OpRegistry.load(loader);
      assertThat(Backend.all(ops)).extracting(Backend::name).containsExactly("plain loops");
      assertThat(Backend.fastest(ops).isReference()).isTrue(); // asked twice, told once
    } finally {
      logger.removeHandler(kept);
      logger.setUseParentHandlers(true);
    }
    assertThat(kept.messages).hasSize(2);
    assertThat(kept.messages.get(0))
        .startsWith("Left out: ")
        .endsWith(
            "BackendsTest$WithoutModule): work is done by plain loops. Start java with --add-modules jdk.incubator.vector.");
    assertThat(kept.messages.get(1))
        .contains("com.acme.NoSuchBackend")
        .doesNotContain("--add-modules");
  }

  /** A backend that says how fast it is. */
  private record Paced(String name, int speed) implements Backend {
    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      return Optional.empty();
    }
  }

  /** Ops beside which those backends were found, in that order. */
  private record Found(List<Backend> backends) implements OpLookup {
    @Override
    public Op<?> op(OpId id) {
      throw new AssertionError("no op is asked for");
    }

    @Override
    public String provider(Op<?> op) {
      return "nobody";
    }

    @Override
    public <S> List<S> plugins(Class<S> service) {
      return backends.stream().map(service::cast).toList();
    }
  }

  @Test
  void theFastestIsTakenWhereverItWasFound() {
    Backend slow = new Paced("slow", 10);
    Backend fast = new Paced("fast", 200);
    for (List<Backend> order : List.of(List.of(slow, fast), List.of(fast, slow))) {
      Found ops = new Found(order);
      assertThat(Backend.fastest(ops)).isSameAs(fast);
      assertThat(Backend.all(ops))
          .extracting(Backend::name)
          .containsExactly("plain loops", "slow", "fast");
      assertThat(Backend.named(ops, "slow")).isSameAs(slow);
      assertThatThrownBy(() -> Backend.named(ops, "slwo"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("There is no backend 'slwo'. There are [plain loops, slow, fast].");
    }
  }

  @Test
  void plainLoopsAreThereWhateverWasFound() {
    assertThat(Backend.fastest(new Found(List.of()))).isSameAs(Backend.reference());
  }

  private static final class Kept extends Handler {
    private final List<String> messages = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      messages.add(new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
