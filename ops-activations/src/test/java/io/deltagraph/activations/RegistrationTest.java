package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Op;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module's declaration, the service file and the op classes name the same ops. */
class RegistrationTest {
  private static Path classes() throws URISyntaxException {
    return Path.of(Relu.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Set<String> declared() throws Exception {
    try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).provides().stream()
          .filter(provides -> provides.service().equals(Op.class.getName()))
          .flatMap(provides -> provides.providers().stream())
          .collect(ImmutableSet.toImmutableSet());
    }
  }

  private static List<String> listed() throws Exception {
    return Files.readAllLines(classes().resolve("META-INF/services/" + Op.class.getName()));
  }

  private static Set<String> written() throws Exception {
    Path folder = classes().resolve("io/deltagraph/activations");
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String simple = file.getFileName().toString().replace(".class", "");
        if (!simple.equals("package-info")) {
          Class<?> type = Class.forName("io.deltagraph.activations." + simple);
          if (Op.class.isAssignableFrom(type)) {
            names.add(type.getName());
          }
        }
      }
    }
    return names;
  }

  @Test
  void theModuleProvidesEveryOp() throws Exception {
    assertThat(written()).hasSizeGreaterThan(15);
    assertThat(declared()).containsExactlyInAnyOrderElementsOf(written());
  }

  @Test
  void theServiceFileListsEveryOpInOrder() throws Exception {
    assertThat(listed()).containsExactlyElementsOf(written());
  }

  /** A public final class with a public constructor without parameters, and no state. */
  @Test
  void everyOpIsAStatelessPlugin() throws Exception {
    for (String name : written()) {
      Class<?> type = Class.forName(name);
      assertThat(Modifier.isPublic(type.getModifiers())).as(name).isTrue();
      assertThat(Modifier.isFinal(type.getModifiers())).as(name).isTrue();
      assertThat(type.getDeclaredFields())
          .as(name)
          .allMatch(field -> Modifier.isStatic(field.getModifiers()));
      assertThat(type.getConstructor().newInstance()).isInstanceOf(Op.class);
    }
  }

  @Test
  void theNameIsThatOfTheClass() throws Exception {
    for (String name : written()) {
      Op<?> op = Class.forName(name).asSubclass(Op.class).getConstructor().newInstance();
      String words = op.id().name().replace("_", "");
      assertThat(name.substring(name.lastIndexOf('.') + 1)).isEqualToIgnoringCase(words);
    }
  }
}
