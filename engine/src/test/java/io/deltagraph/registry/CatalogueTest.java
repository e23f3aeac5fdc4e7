package io.deltagraph.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.building.TestOps;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.rewrite.RewriteRule;
import io.deltagraph.rewrite.Simplifier;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of every kind are found by one search, and a broken one stops nothing. */
class CatalogueTest {
  @TempDir private Path folder;

  /** Turns {@code 3 · x} into {@code x}: wrong, so that it shows. */
  public static class Unscaled implements RewriteRule {
    @Override
    public String name() {
      return "3 · x → x";
    }

    @Override
    public OpId root() {
      return OpId.of("scale");
    }

    @Override
    public Optional<Value> rewrite(Apply node) {
      return Optional.of(node.input(0));
    }
  }

  /** Cannot be made. */
  public static final class Unmade extends Unscaled {
    /** Fails. */
    public Unmade() {
      throw new IllegalStateException("boom");
    }
  }

  /** Does not say which nodes it looks at. */
  @SuppressWarnings("NullAway") // as a stranger's may
  public static final class Rootless extends Unscaled {
    @Override
    public OpId root() {
      return null;
    }
  }

  /** Breaks when it is asked. */
  public static final class Breaking extends Unscaled {
    @Override
    public Optional<Value> rewrite(Apply node) {
      throw new IllegalStateException("boom");
    }
  }

  private ClassLoader providing(Class<?> service, Class<?>... providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(service.getName()),
        String.join("\n", List.of(providers).stream().map(Class::getName).toList()));
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  private static Graph scaled(OpLookup plugins) {
    OpLookup ops =
        new OpLookup() {
          private final OpLookup inner = TestOps.registry();

          @Override
          public Op<?> op(OpId id) {
            return inner.op(id);
          }

          @Override
          public String provider(Op<?> op) {
            return inner.provider(op);
          }

          @Override
          public <S> List<S> plugins(Class<S> service) {
            return plugins.plugins(service);
          }
        };
    GraphBuilder builder = new GraphBuilder(ops);
    Value x = builder.input("x", TensorType.of(DType.F64, 2));
    return builder.graph(Map.of("y", x.op("scale", Map.of("k", 3.0))));
  }

  @Test
  void aBrokenRuleStopsNothing() throws IOException {
    ClassLoader loader =
        providing(RewriteRule.class, Unmade.class, Rootless.class, Breaking.class, Unscaled.class);
    Catalogue catalogue = Catalogue.load(loader);
    Graph graph = scaled(catalogue.ops());
    Simplifier.Simplified simple = Simplifier.of(graph.ops()).simplify(graph);
    assertThat(simple.applied()).containsExactly(Map.entry("3 · x → x", 1));
    assertThat(simple.graph().output("y")).isSameAs(graph.inputs().getFirst());
    assertThat(catalogue.find(RewriteRule.class).failures())
        .singleElement()
        .asString()
        .contains("CatalogueTest$Unmade", "boom");
  }

  @Test
  void everyKindIsLookedForOnceAndKeepsItsProvenance() throws IOException {
    Catalogue catalogue = Catalogue.load(providing(RewriteRule.class, Unscaled.class));
    Catalogue.Found<RewriteRule> found = catalogue.find(RewriteRule.class);
    assertThat(catalogue.find(RewriteRule.class)).isSameAs(found);
    assertThat(found.provided())
        .singleElement()
        .satisfies(
            one -> assertThat(one.provenance().className()).isEqualTo(Unscaled.class.getName()));
    assertThat(catalogue.ops().catalogue()).isSameAs(catalogue);
  }

  @Test
  void whatIsNotAllowedIsNotMade() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(providing(RewriteRule.class, Unmade.class, Unscaled.class));
    try {
      Catalogue none = Catalogue.load(List.of(), from -> false);
      assertThat(none.find(RewriteRule.class).provided()).isEmpty();
      assertThat(none.find(RewriteRule.class).failures()).isEmpty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** As on the threads of a pool that a framework made. */
  @Test
  void aThreadWhoseLoaderKnowsNothingStillFindsWhatTheEngineSees() throws Exception {
    int here = Catalogue.load().find(RewriteProbe.class).provided().size();
    assertThat(here).isEqualTo(1);
    for (ClassLoader context : new ClassLoader[] {ClassLoader.getPlatformClassLoader(), null}) {
      AtomicReference<Catalogue.Found<RewriteProbe>> there = new AtomicReference<>();
      Thread thread = new Thread(() -> there.set(Catalogue.load().find(RewriteProbe.class)));
      thread.setContextClassLoader(context);
      thread.start();
      thread.join();
      assertThat(there.get().provided()).hasSize(here);
      assertThat(there.get().failures()).isEmpty();
    }
  }

  /** A service that the engine does not know. */
  public interface RewriteProbe {}

  /** Listed in this module's test resources. */
  public static final class Listed implements RewriteProbe {}
}
