package io.deltagraph.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Algebra;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module descriptor, the service file and the classes of this module name the same ops. */
class ProvidersTest {
  private static final String SERVICE = Op.class.getName();

  @Test
  void theServiceFileNamesEveryOpClass() throws IOException, URISyntaxException {
    assertThat(fromServiceFile()).isEqualTo(opClasses()).hasSizeGreaterThan(60);
  }

  @Test
  void theModuleDescriptorNamesEveryOpClass() throws IOException, URISyntaxException {
    assertThat(fromModuleDescriptor()).isEqualTo(opClasses());
  }

  @Test
  void noOpHasStateOrAnotherConstructorThanOneWithoutParameters() throws Exception {
    for (String name : opClasses()) {
      Class<?> op = Class.forName(name);
      assertThat(Modifier.isFinal(op.getModifiers())).as(name).isTrue();
      assertThat(op.getConstructors()).as(name).hasSize(1);
      assertThat(op.getConstructor().getParameterCount()).as(name).isZero();
      assertThat(
              Stream.of(op.getDeclaredFields())
                  .filter(field -> !Modifier.isStatic(field.getModifiers())))
          .as(name)
          .isEmpty();
    }
  }

  @Test
  void everyOpIsNamedAsItsClass() throws Exception {
    for (OpRegistry.Entry entry : OpRegistry.load().entries().values()) {
      Class<?> op = entry.op().getClass();
      if (op.getPackageName().equals("io.deltagraph.ops")) {
        assertThat(entry.op().id().name().replace("_", ""))
            .isEqualToIgnoringCase(op.getSimpleName());
      }
    }
  }

  @Test
  void everyNameThatBackwardRulesMayAskForIsProvided() throws IOException {
    Path source = Path.of("../engine/src/main/java", Algebra.class.getName().replace('.', '/'));
    String algebra = Files.readString(Path.of(source + ".java"));
    Set<String> asked = new TreeSet<>();
    Pattern.compile("\\bop\\(\"(\\w+)\"")
        .matcher(algebra)
        .results()
        .forEach(r -> asked.add(r.group(1)));
    asked.remove("tanh"); // an activation function
    OpRegistry ops = OpRegistry.load();
    assertThat(asked).hasSizeGreaterThan(40).allMatch(name -> ops.op(OpId.of(name)) != null);
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(Add.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Set<String> opClasses() throws IOException, URISyntaxException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = classes().relativize(file).toString().replace('/', '.');
        String type = name.substring(0, name.length() - ".class".length());
        if (!type.equals("module-info") && Op.class.isAssignableFrom(load(type))) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }

  private static Set<String> fromServiceFile() throws IOException, URISyntaxException {
    return new TreeSet<>(Files.readAllLines(classes().resolve("META-INF/services/" + SERVICE)));
  }

  private static Set<String> fromModuleDescriptor() throws IOException, URISyntaxException {
    try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).provides().stream()
          .filter(provides -> provides.service().equals(SERVICE))
          .flatMap(provides -> provides.providers().stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
