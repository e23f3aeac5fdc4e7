package io.deltagraph.architecture.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.rewrite.RewriteRule;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars bring plugins of every kind, and lend each other what they need. */
class PluginKindsTest {
  @TempDir private Path folder;

  private PluginJar rules(String... classes) {
    PluginJar jar = new PluginJar(folder, "acme-rules").of(RewriteRule.class);
    for (String name : classes) {
      jar.op(
          "com.acme." + name,
          """
          public final class %s implements io.deltagraph.rewrite.RewriteRule {
            public %s() { %s }
            @Override public String name() { return "√(x · x) → |x|"; }
            @Override public OpId root() { return OpId.of("sqrt"); }
            @Override public Optional<Value> rewrite(Apply node) {
              return Optional.of(((Apply) node.input(0)).input(0).abs());
            }
          }
          """
              .formatted(
                  name, name, name.equals("Broken") ? "throw new IllegalStateException();" : ""));
    }
    return jar;
  }

  private static Simplifier.Simplified simplified(OpRegistry ops) {
    GraphBuilder builder = new GraphBuilder(ops);
    Value x = builder.input("x", TensorType.of(DType.F64, 2));
    Graph graph = builder.graph(Map.of("y", x.times(x).sqrt()));
    return Simplifier.of(ops).simplify(graph);
  }

  @Test
  void aJarByPathBringsItsRewriteRules() throws IOException {
    OpRegistry with = OpRegistry.load(List.of(rules("Root").write()), any -> true);
    assertThat(with.failures()).isEmpty();
    assertThat(simplified(with).applied()).containsExactly(Map.entry("√(x · x) → |x|", 1));
    assertThat(simplified(OpRegistry.load()).applied()).isEmpty();
  }

  @Test
  void aBrokenRuleInAJarLeavesTheOthersToWork() throws IOException {
    OpRegistry ops = OpRegistry.load(List.of(rules("Broken", "Root").write()), any -> true);
    assertThat(simplified(ops).applied()).containsExactly(Map.entry("√(x · x) → |x|", 1));
    assertThat(ops.catalogue().find(RewriteRule.class).failures())
        .singleElement()
        .asString()
        .startsWith("acme-rules 1.2 (com.acme.Broken in acme-rules.jar): its constructor throws");
  }

  @Test
  void aRuleThatIsNotAllowedIsNotMade() throws IOException {
    OpRegistry ops =
        OpRegistry.load(
            List.of(rules("Broken", "Root").write()),
            from -> from.className().startsWith("io.deltagraph."));
    assertThat(simplified(ops).applied()).isEmpty();
    assertThat(ops.catalogue().find(RewriteRule.class).failures()).isEmpty();
  }

  private Path needing(String name, String id, String helper) throws IOException {
    return new PluginJar(folder, name)
        .helper("com.lib.Helper", "public final class Helper {}")
        .without("com.lib.Helper")
        .op(
            "com.acme." + PluginJar.simple(helper),
            """
            public final class %s implements Pointwise<NoAttributes> {
              private final Object helper = new com.lib.Helper();
              @Override public OpId id() { return OpId.of("%s"); }
              @Override public OpSignature signature() { return OpSignature.of("x"); }
              @Override public Lane forward(NoAttributes none, Lanes x) { return x.get(0); }
            }
            """
                .formatted(PluginJar.simple(helper), id))
        .write();
  }

  @Test
  void aJarFindsWhatItNeedsInAnotherThatIsGiven() throws IOException {
    Path plugin = needing("acme-ops", "acme:needing", "Needing");
    Path library =
        new PluginJar(folder, "lib")
            .helper("com.lib.Helper", "public final class Helper {}")
            .write();
    OpRegistry alone = OpRegistry.load(List.of(plugin), any -> true);
    assertThat(alone.failures())
        .singleElement()
        .asString()
        .endsWith(
            "it needs the class com.lib.Helper, which is not there. Give the jar that has it as well.");
    OpRegistry both = OpRegistry.load(List.of(plugin, library), any -> true);
    assertThat(both.entries().keySet()).extracting(Object::toString).contains("acme:needing");
    assertThat(both.failures())
        .singleElement()
        .asString()
        .contains("lib.jar: it lists no op, and only lends the other jars what they need.");
  }

  @Test
  void aJarThatIsGivenByALinkAsWellIsTakenOnce() throws IOException {
    Path jar = new PluginJar(folder, "acme-ops").good("com.acme.Fine", "acme:fine").write();
    Path link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);
    OpRegistry once = OpRegistry.load(List.of(jar, link), any -> true);
    assertThat(once.failures()).isEmpty();
    assertThat(once.entries().keySet()).extracting(Object::toString).contains("acme:fine");
  }
}
