package io.deltagraph.testkit;

import com.google.common.base.Splitter;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;

/** An op is found by its name, and stands once in each of the two lists of services. */
final class RegistrationChecks {
  private static final String SERVICE = Op.class.getName();
  private static final String CLASS_PATH_LIST = "META-INF/services/" + SERVICE;

  private final Subject subject;
  private final Class<?> type;
  private final ClassLoader loader;

  RegistrationChecks(Subject subject) {
    this.subject = subject;
    this.type = subject.op().getClass();
    this.loader =
        Optional.ofNullable(type.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
  }

  void registered() {
    Findings findings = new Findings(subject);
    OpId id = subject.op().id();
    OpRegistry registry = OpRegistry.load(loader);
    OpRegistry.Entry entry = registry.entries().get(id);
    if (entry == null) {
      findings.add(
          "is not registered"
              + registry.failures().stream()
                  .filter(failure -> failure.provenance().className().equals(type.getName()))
                  .map(failure -> "; its provider failed to load: " + failure)
                  .reduce("", String::concat));
    } else if (!entry.op().getClass().equals(type)) {
      findings.add(
          "is registered as " + entry.provenance() + ", not as the class " + type.getName());
    }
    try {
      long listed = listed();
      if (listed != 1) {
        findings.add(type.getName() + " stands " + listed + " times in " + CLASS_PATH_LIST);
      }
      descriptor()
          .filter(module -> module.provides().stream().noneMatch(this::isMine))
          .ifPresent(module ->
              findings.add(
                  "module-info.java of "
                      + module.name()
                      + " lacks 'provides "
                      + SERVICE
                      + " with "
                      + type.getName()
                      + "'"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    findings.conclude();
  }

  private boolean isMine(ModuleDescriptor.Provides provides) {
    return provides.service().equals(SERVICE) && provides.providers().contains(type.getName());
  }

  private long listed() throws IOException {
    long count = 0;
    for (URL list : Collections.list(loader.getResources(CLASS_PATH_LIST))) {
      try (InputStream in = list.openStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        count +=
            Splitter.on('\n')
                .splitToStream(text)
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(type.getName()::equals)
                .count();
      }
    }
    return count;
  }

  /** The descriptor of the op's module, also where its classes lie on the class path. */
  private Optional<ModuleDescriptor> descriptor() throws IOException {
    if (type.getModule().isNamed()) {
      return Optional.of(type.getModule().getDescriptor());
    }
    String file = type.getName().replace('.', '/') + ".class";
    URL self = loader.getResource(file);
    if (self == null) {
      return Optional.empty();
    }
    String root = self.toString().substring(0, self.toString().length() - file.length());
    try (InputStream in = URI.create(root + "module-info.class").toURL().openStream()) {
      return Optional.of(ModuleDescriptor.read(in));
    } catch (IOException e) {
      return Optional.empty(); // not a module
    }
  }
}
