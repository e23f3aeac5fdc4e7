package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.registry.Provenance;
import io.deltagraph.registry.ProviderFailure;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars whose providers cannot be loaded: the exact message of each, and all else works. */
class BadJarsTest {
  @TempDir private Path folder;
  private Path good;

  @BeforeEach
  void goodPlugin() throws IOException {
    good = new PluginJar(folder, "good-ops").good("org.good.Twice", "good:twice").write();
  }

  private static String kernel(
      String name, String id, String signature, String schema, String more) {
    return """
    public final class %s implements Kernel<NoAttributes> {
      @Override public OpId id() { return %s; }
      @Override public OpSignature signature() { return %s; }
      @Override public Schema<NoAttributes> schema() { return %s; }
      @Override public TensorType infer(NoAttributes none, InputTypes inputs) { return inputs.get(0); }
      @Override public void forward(
          NoAttributes none, List<TensorReader> inputs, TensorWriter output) {}
      @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) { return at.flat("none"); }
      %s
    }
    """
        .formatted(name, id, signature, schema, more);
  }

  private static String kernel(String name, String more) {
    return kernel(name, "OpId.of(\"acme:broken\")", "OpSignature.of(\"x\")", "Schema.none()", more);
  }

  private PluginJar acme() {
    return new PluginJar(folder, "acme-ops");
  }

  /**
   * Loads the jars and a good one, by path and by a class loader, and returns what was left out.
   */
  private List<String> leftOut(Path... jars) throws IOException {
    List<Path> all = new ArrayList<>(List.of(jars));
    all.add(good);
    OpRegistry byPath = OpRegistry.load(all, any -> true);
    assertTheRestWorks(byPath);
    List<URL> urls = new ArrayList<>();
    for (Path jar : all) {
      urls.add(jar.toUri().toURL());
    }
    OpRegistry byLoader =
        OpRegistry.load(new URLClassLoader(urls.toArray(URL[]::new), getClass().getClassLoader()));
    assertTheRestWorks(byLoader);
    assertThat(texts(byLoader)).containsExactlyElementsOf(texts(byPath));
    return texts(byPath);
  }

  private static List<String> texts(OpRegistry registry) {
    return registry.failures().stream().map(ProviderFailure::toString).sorted().toList();
  }

  static void assertTheRestWorks(OpRegistry registry) {
    assertThat(registry.entries().keySet()).containsAll(OpRegistry.load().entries().keySet());
    GraphBuilder builder = new GraphBuilder(registry);
    Value x = builder.input("x", TensorType.of(DType.F64, 2));
    Value y = x.op("good:twice").op("sigmoid").plus(x);
    double[] got = Evaluate.value(y, Map.of("x", Tensor.vector(0.5, -1))).toDoubles();
    assertThat(got[0]).isEqualTo(1 / (1 + Math.exp(-1)) + 0.5, within());
    assertThat(got[1]).isEqualTo(1 / (1 + Math.exp(2)) - 1, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }

  private static final String WHO = "acme-ops 1.2 (com.acme.Broken in acme-ops.jar): ";

  @Test
  void theseTestsFailWhereTheRestDoesNotWork() throws IOException {
    assertThatThrownBy(() -> assertTheRestWorks(OpRegistry.load()))
        .isInstanceOf(GraphException.UnknownOp.class);
    OpRegistry alone = OpRegistry.of(OpRegistry.load().op(OpId.of("add")));
    assertThatThrownBy(() -> assertTheRestWorks(alone)).isInstanceOf(AssertionError.class);
    assertThat(leftOut(acme().good("com.acme.Fine", "acme:fine").write())).isEmpty();
  }

  @Test
  void theConstructorThrows() throws IOException {
    String body =
        kernel("Broken", "public Broken() { throw new IllegalStateException(\"boom\"); }");
    assertThat(
            leftOut(acme().op("com.acme.Broken", body).good("com.acme.Fine", "acme:fine").write()))
        .containsExactly(
            WHO
                + "its constructor throws java.lang.IllegalStateException: boom. Tell its author, or leave the jar out.");
  }

  @Test
  void aClassIsMissing() throws IOException {
    PluginJar jar =
        acme()
            .op("com.acme.Broken", kernel("Broken", "private final Helper helper = new Helper();"))
            .helper("com.acme.Helper", "final class Helper {}")
            .without("com.acme.Helper");
    assertThat(leftOut(jar.write()))
        .containsExactly(
            WHO
                + "it needs the class com.acme.Helper, which is not there. Give the jar that has it as well.");
  }

  @Test
  void theSuperclassIsMissing() throws IOException {
    PluginJar jar =
        acme()
            .op(
                "com.acme.Broken",
                kernel("Broken", "").replace("implements", "extends Helper implements"))
            .helper("com.acme.Helper", "abstract class Helper {}")
            .without("com.acme.Helper");
    assertThat(leftOut(jar.write()))
        .containsExactly(
            WHO
                + "it needs the class com.acme.Helper, which is not there. Give the jar that has it as well.");
  }

  @Test
  void theStaticInitialiserFails() throws IOException {
    String body = kernel("Broken", "private static final int ZERO = Integer.parseInt(\"zero\");");
    assertThat(leftOut(acme().op("com.acme.Broken", body).write()))
        .containsExactly(
            WHO
                + "its static initialiser throws java.lang.NumberFormatException: For input string: \"zero\". Tell its author, or leave the jar out.");
  }

  @Test
  void thingsAreNull() throws IOException {
    PluginJar jar =
        acme()
            .op("com.acme.A", kernel("A", "null", "null", "null", ""))
            .op("com.acme.B", kernel("B", "OpId.of(\"acme:b\")", "null", "null", ""))
            .op(
                "com.acme.C",
                kernel("C", "OpId.of(\"acme:c\")", "OpSignature.of(\"x\")", "null", ""));
    assertThat(leftOut(jar.write()))
        .containsExactly(
            "acme-ops 1.2 (com.acme.A in acme-ops.jar): its id is null. Return one.",
            "acme-ops 1.2 (com.acme.B in acme-ops.jar): 'acme:b': its signature is null. Return one.",
            "acme-ops 1.2 (com.acme.C in acme-ops.jar): 'acme:c': its schema is null. Return one.");
  }

  @Test
  void theNameIsBad() throws IOException {
    String body =
        kernel("Broken", "OpId.of(\"Acme Swish\")", "OpSignature.of(\"x\")", "Schema.none()", "");
    assertThat(leftOut(acme().op("com.acme.Broken", body).write()))
        .containsExactly(
            WHO
                + "its id throws java.lang.IllegalArgumentException: An op's name looks like 'softplus' or 'acme:swish' (lower case, digits, '_'), got 'Acme Swish'. Write 'acme_swish'. Correct it.");
  }

  @Test
  void theNameHasNoPrefix() throws IOException {
    assertThat(leftOut(acme().good("com.acme.Broken", "twice").write()))
        .containsExactly(
            WHO
                + "'twice': names without a prefix are reserved for Deltagraph. Call it 'yourname:twice'.");
  }

  @Test
  void theNameIsThatOfABuiltIn() throws IOException {
    List<String> texts = leftOut(acme().good("com.acme.Broken", "relu").write());
    assertThat(texts).hasSize(1);
    assertThat(texts.getFirst())
        .matches(
            "acme-ops 1\\.2 \\(com\\.acme\\.Broken in acme-ops\\.jar\\): 'relu': .+ \\(io\\.deltagraph\\.activations\\.Relu\\) has that name, and stays\\. Call this one 'yourname:relu', or choose it with OpRegistry\\.replacing\\.");
  }

  @Test
  void aBuiltInsPackageAndNameAreTaken() throws IOException {
    Path jar = acme().good("io.deltagraph.acme.Relu", "relu").write();
    OpRegistry registry = OpRegistry.load(List.of(jar, good), any -> true);
    assertTheRestWorks(registry);
    assertThat(texts(registry)).hasSize(1);
    assertThat(texts(registry).getFirst()).contains("has that name, and stays");
  }

  @Test
  void twoJarsGiveOneName() throws IOException {
    Path first = acme().good("com.acme.Swish", "acme:swish").write();
    Path second =
        new PluginJar(folder, "other-ops")
            .version("3")
            .good("org.other.Swish", "acme:swish")
            .write();
    OpRegistry registry = OpRegistry.load(List.of(first, second, good), any -> true);
    String why =
        "'acme:swish': two providers give this name, acme-ops 1.2 (com.acme.Swish in acme-ops.jar) and other-ops 3 (org.other.Swish in other-ops.jar), so that neither is used. Remove one of the jars.";
    assertThat(leftOut(first, second))
        .containsExactly(
            "acme-ops 1.2 (com.acme.Swish in acme-ops.jar): " + why,
            "other-ops 3 (org.other.Swish in other-ops.jar): " + why);
    assertThatThrownBy(() -> registry.op(OpId.of("acme:swish")))
        .hasMessageStartingWith("No op named 'acme:swish'.")
        .hasMessageContaining(why);
  }

  @Test
  void anOpIsOfTwoKinds() throws IOException {
    String body =
        """
        public final class Broken implements Kernel<NoAttributes>, Pointwise<NoAttributes> {
          @Override public OpId id() { return OpId.of("acme:both"); }
          @Override public OpSignature signature() { return OpSignature.of("x"); }
          @Override public Lane forward(NoAttributes none, Lanes x) { return x.get(0); }
          @Override public TensorType infer(NoAttributes none, InputTypes inputs) { return inputs.get(0); }
          @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) { return null; }
          @Override public List<Value> kinks(Adjoint<NoAttributes> at) { return List.of(); }
          @Override public void forward(
              NoAttributes none, List<TensorReader> inputs, TensorWriter output) {}
        }
        """;
    assertThat(leftOut(acme().op("com.acme.Broken", body).write()))
        .containsExactly(
            WHO + "'acme:both': it is of two kinds, Pointwise and Kernel. Choose one.");
  }

  @Test
  void oneJarIsLoadedTwice() throws IOException {
    Path jar = acme().good("com.acme.Fine", "acme:fine").write();
    Path copy = Files.copy(jar, folder.resolve("copy.jar"));
    OpRegistry once = OpRegistry.load(List.of(jar, jar, good), any -> true);
    assertThat(once.failures()).isEmpty();
    OpRegistry twice = OpRegistry.load(List.of(jar, copy, good), any -> true);
    assertTheRestWorks(twice);
    String why =
        "'acme:fine': two providers give this name, acme-ops 1.2 (com.acme.Fine in acme-ops.jar) and acme-ops 1.2 (com.acme.Fine in copy.jar), so that neither is used. Remove one of the jars.";
    assertThat(texts(twice))
        .containsExactly(
            "acme-ops 1.2 (com.acme.Fine in acme-ops.jar): " + why,
            "acme-ops 1.2 (com.acme.Fine in copy.jar): " + why);
  }

  @Test
  void theClassIsNotPublicOrHasNoConstructor() throws IOException {
    PluginJar jar =
        acme()
            .op("com.acme.Broken", kernel("Broken", "").replace("public final", "final"))
            .op("com.acme.Closed", kernel("Closed", "private Closed() {}"));
    String why =
        "it has no public constructor without parameters. Add one; the class is public too.";
    assertThat(leftOut(jar.write()))
        .containsExactly(WHO + why, WHO.replace("Broken", "Closed") + why);
  }

  @Test
  void theListNamesWhatIsNoOpOrNotThere() throws IOException {
    PluginJar jar =
        acme().listing("com.acme.Gone").op("com.acme.Broken", "public final class Broken {}");
    assertThat(leftOut(jar.good("com.acme.Fine", "acme:fine").write()))
        .containsExactly(
            WHO
                + "it is no io.deltagraph.graph.Op of this engine. Implement one of the six kinds of op, and leave the engine out of the jar.",
            WHO.replace("Broken", "Gone")
                + "it is listed as a provider but is not there. Correct its name in module-info.java and META-INF/services/io.deltagraph.graph.Op.");
  }

  @Test
  void theListHasAMistake() throws IOException {
    Path jar = acme().good("com.acme.Fine", "acme:fine").listing("not a class").write();
    List<String> texts = leftOut(jar);
    assertThat(texts)
        .anyMatch(text ->
            text.startsWith("A list of providers: ")
                && text.contains("acme-ops.jar")
                && text.endsWith("2: Illegal configuration-file syntax"))
        .anyMatch(text ->
            text.startsWith(
                "acme-ops 1.2 (com.acme.Fine in acme-ops.jar): it could not be reached."));
  }

  @Test
  void thereIsNoUsableJar() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "This is no jar.");
    Path none = new PluginJar(folder, "none").write();
    Path gone = folder.resolve("gone.jar");
    Path dir = Files.createDirectory(folder.resolve("dir.jar"));
    OpRegistry registry = OpRegistry.load(List.of(text, none, gone, dir, good), any -> true);
    assertTheRestWorks(registry);
    assertThat(texts(registry))
        .containsExactly(
            "dir.jar: it is a folder. Name the jar.",
            "gone.jar: there is no such file. Check the path.",
            "none.jar: it lists no op, and only lends the other jars what they need. Name the classes in META-INF/services/io.deltagraph.graph.Op.",
            "text.jar: it is no jar: zip END header not found. Copy or build it again.");
  }

  @Test
  void theJarIsBuiltForANewerJava() throws IOException {
    Path jar = acme().good("com.acme.Broken", "acme:broken").write();
    Path newer = folder.resolve("newer.jar");
    Jars.copy(
        jar,
        newer,
        (name, bytes) -> {
          if (name.endsWith(".class")) {
            bytes[7] = (byte) (bytes[7] + 10);
          }
        });
    int feature = Runtime.version().feature();
    assertThat(leftOut(newer))
        .containsExactly(
            "acme-ops 1.2 (com.acme.Broken in newer.jar): it was built for a newer Java (com/acme/Broken has been compiled by a more recent version of the Java Runtime (class file version %d.0), this version of the Java Runtime only recognizes class file versions up to %d.0). Run on that, or build it with --release %d."
                .formatted(feature + 54, feature + 44, feature));
  }

  @Test
  void aMissingOpMentionsTheProviderThatMayHaveHadIt() throws IOException {
    String body = kernel("Gelu", "public Gelu() { throw new IllegalStateException(\"boom\"); }");
    PluginJar jar = acme().op("com.acme.Gelu", body);
    for (int i = 0; i < 4; i++) {
      jar.listing("com.acme.Gone" + i);
    }
    OpRegistry registry = OpRegistry.load(List.of(jar.write()), any -> true);
    assertThatThrownBy(() -> registry.op(OpId.of("other:gelu")))
        .message()
        .satisfies(text ->
            assertThat(text.lines().skip(2).collect(Collectors.joining("\n")))
                .startsWith(
                    "  One provider failed to load: acme-ops 1.2 (com.acme.Gelu in acme-ops.jar): its constructor throws")
                .endsWith(
                    "  Further providers failed to load: 2, which OpRegistry.failures lists."));
  }

  @Test
  void whatIsNotAllowedNeverRuns() throws IOException {
    String body = kernel("Loud", "static { System.setProperty(\"acme.ran\", \"yes\"); }");
    Path jar = acme().op("com.acme.Loud", body).write();
    OpRegistry registry =
        OpRegistry.load(
            List.of(jar, good), who -> who.isBuiltIn() || who.source().equals("good-ops"));
    assertTheRestWorks(registry);
    assertThat(registry.failures()).isEmpty();
    assertThat(System.getProperty("acme.ran")).isNull();
    assertThat(OpRegistry.load(List.of(jar, good), Provenance::isBuiltIn).entries())
        .hasSameSizeAs(OpRegistry.load(List.of(), Provenance::isBuiltIn).entries());
  }
}
