package io.deltagraph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.plan.Step;
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
      throw new IllegalStateException("start java with --add-modules jdk.incubator.vector");
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
    Logger logger = Logger.getLogger(Backend.class.getName());
    logger.addHandler(kept);
    logger.setUseParentHandlers(false);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, Backend.class.getClassLoader())) {
      assertThat(Backends.find(loader)).extracting(Backend::name).contains("plain loops");
    } finally {
      logger.removeHandler(kept);
      logger.setUseParentHandlers(true);
    }
    assertThat(kept.messages).hasSize(2);
    assertThat(kept.messages.get(0))
        .contains("IllegalStateException", "--add-modules jdk.incubator.vector", "plain loops");
    assertThat(kept.messages.get(1))
        .contains("com.acme.NoSuchBackend")
        .doesNotContain("--add-modules");
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
