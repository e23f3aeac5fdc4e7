package io.deltagraph.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.building.TestOps;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.View;
import io.deltagraph.graph.ViewAdjoint;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpRegistryTest {
  @TempDir Path folder;

  /** A provider that fails, as a stranger's may. */
  public static final class Throwing implements View<NoAttributes> {
    /** Fails. */
    public Throwing() {
      throw new IllegalStateException("boom");
    }

    @Override
    public OpId id() {
      return OpId.of("throwing");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(input.shape().sizes());
    }
  }

  /** A view that shows its input as it is. */
  public static final class Same implements View<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("same");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(input.shape().sizes());
    }
  }

  /** What Kotlin makes of {@code object Single : View<NoAttributes>}. */
  public static final class Single implements View<NoAttributes> {
    /** The one object. */
    public static final Single INSTANCE = new Single();

    private Single() {}

    @Override
    public OpId id() {
      return OpId.of("acme:single");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(input.shape().sizes());
    }
  }

  /** An op whose own name looks like one that is made of another. */
  public static final class Suffixed implements View<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("q-x:soft.step");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(input.shape().sizes());
    }
  }

  @Test
  void aSingleObjectIsToldWhatToBe() throws IOException {
    OpRegistry registry = OpRegistry.load(providing(Single.class.getName()));
    assertThat(registry.failures())
        .singleElement()
        .extracting(ProviderFailure::reason)
        .asString()
        .startsWith("it is one object, INSTANCE,")
        .contains("In Kotlin write 'class' in place of 'object'");
  }

  @Test
  void aSuffixIsNoPartOfAnOwnName() throws IOException {
    OpRegistry registry = OpRegistry.load(providing(Suffixed.class.getName()));
    assertThat(registry.entries()).doesNotContainKey(OpId.of("q-x:soft.step"));
    assertThat(registry.failures().getFirst().reason()).endsWith("Call it 'q-x:soft_step'.");
    assertThatThrownBy(() -> OpRegistry.of(new Suffixed()))
        .isInstanceOf(GraphException.BadProvider.class)
        .hasMessageContaining("Call it 'q-x:soft_step'.");
  }

  private ClassLoader providing(String... lines) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.deltagraph.graph.Op"), String.join("\n", lines));
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  @Test
  void oneBadProviderDoesNotTakeTheOthersDown() throws IOException {
    OpRegistry registry =
        OpRegistry.load(
            providing(
                Throwing.class.getName(),
                "no.such.Gelu",
                NearNamesTest.class.getName(),
                Same.class.getName()));
    assertThat(registry.entries().keySet()).extracting(OpId::name).contains("same");
    assertThat(registry.failures()).hasSize(3);
    assertThatThrownBy(() -> registry.op(OpId.of("gelu")))
        .isInstanceOf(GraphException.UnknownOp.class)
        .hasMessageStartingWith("No op named 'gelu'.")
        .hasMessageContaining("OpRegistryTest$Throwing")
        .hasMessageContaining("boom")
        .hasMessageContaining("no.such.Gelu")
        .hasMessageContaining("NearNamesTest): it is no io.deltagraph.graph.Op of this engine");
  }

  @Test
  void twoProvidersOfOneNameAreRefusedNamingBoth() {
    OpRegistry registry = TestOps.registry();
    assertThatThrownBy(() -> registry.with(new TestOps.Add()))
        .isInstanceOf(GraphException.BadProvider.class)
        .hasMessageContaining("Two providers give the op 'add'")
        .hasMessageContaining("OpRegistry.replacing");
  }

  @Test
  void overridesOnlyByName() {
    TestOps.Add other = new TestOps.Add();
    OpRegistry registry = TestOps.registry();
    assertThat(registry.replacing("add", other).op(OpId.of("add"))).isSameAs(other);
    assertThat(registry.op(OpId.of("add"))).isNotSameAs(other);
    assertThatThrownBy(() -> registry.replacing("hadamard", other))
        .hasMessageContaining("must keep the name");
    assertThatThrownBy(() -> registry.replacing("plus", other))
        .isInstanceOf(GraphException.UnknownOp.class);
  }

  @Test
  void suggestsNearNamesAndListsProviders() {
    assertThatThrownBy(() -> TestOps.registry().op(OpId.of("hadamrad")))
        .message()
        .matches(
            "No op named 'hadamrad'\\. Did you mean 'hadamard' \\(engine.*\\)\\?\n  Registered: 5 ops from engine.* \\(5\\)\\.");
    assertThatThrownBy(() -> OpRegistry.of().op(OpId.of("add")))
        .hasMessageContaining("is ops-core on the module path");
  }

  @Test
  void theAdjointOfAViewIsAnOp() {
    assertThat(OpRegistry.of(new Same()).op(OpId.of("same.adjoint")))
        .isInstanceOf(ViewAdjoint.class);
    assertThatThrownBy(() -> TestOps.registry().op(OpId.of("add.adjoint")))
        .isInstanceOf(GraphException.UnknownOp.class);
  }

  @Test
  void saysWhereAnOpComesFrom() {
    assertThat(TestOps.registry().provider(new TestOps.Add()))
        .endsWith("(io.deltagraph.building.TestOps$Add)");
    assertThat(OpRegistry.of().provider(new TestOps.Add()))
        .endsWith("(io.deltagraph.building.TestOps$Add), applied without being registered");
  }

  /** Like {@link Same}, with a class that cannot be initialised. */
  public static final class Uninitialised implements View<NoAttributes> {
    private static final int SIZE = Integer.parseInt("no number");

    @Override
    public OpId id() {
      return OpId.of("uninitialised");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public IndexMap map(NoAttributes none, TensorType input, TensorType output) {
      return IndexMap.identity(SIZE);
    }
  }

  @Test
  void aProviderThatCannotBeInitialisedSaysWhy() throws IOException {
    OpRegistry registry = OpRegistry.load(providing(Uninitialised.class.getName()));
    assertThat(registry.failures())
        .singleElement()
        .asString()
        .contains("OpRegistryTest$Uninitialised", "NumberFormatException", "no number");
  }

  /** A loader that defines a class itself although its parent has it, as plugin loaders do. */
  private static final class Own extends ClassLoader {
    private final String name;

    Own(ClassLoader parent, String name) {
      super(parent);
      this.name = name;
    }

    @Override
    protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
      if (!wanted.equals(name)) {
        return super.loadClass(wanted, resolve);
      }
      try (InputStream in = getResourceAsStream(wanted.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        ProtectionDomain home = Same.class.getProtectionDomain();
        return defineClass(wanted, code, 0, code.length, home);
      } catch (IOException e) {
        throw new ClassNotFoundException(wanted, e);
      }
    }
  }

  @Test
  @SuppressWarnings("rawtypes") // a service is named by its raw class
  void oneProviderSeenThroughTwoLoadersIsNoDuplicate() throws ReflectiveOperationException {
    Class<?> again =
        new Own(getClass().getClassLoader(), Same.class.getName()).loadClass(Same.class.getName());
    assertThat(again).isNotSameAs(Same.class);
    ProviderScan<Op> scan = new ProviderScan<>(Op.class, any -> true);
    scan.add(provider(Same.class, new Same()));
    scan.add(provider(again, (Op<?>) again.getConstructor().newInstance()));
    OpClaims once = OpClaims.of(scan.found());
    assertThat(once.entries()).hasSize(1);
    assertThat(once.failures()).isEmpty();
    scan.add(provider(TestOps.Add.class, new TestOps.Add()));
    scan.add(provider(TestOps.Scale.class, new TestOps.Add()));
    OpClaims all = OpClaims.of(scan.found());
    assertThat(all.entries()).containsOnlyKeys(OpId.of("same"));
    assertThat(all.failures()).hasSize(2).allMatch(failure -> failure.op().equals("add"));
  }

  @SuppressWarnings("rawtypes") // a service is named by its raw class
  private static ServiceLoader.Provider<Op> provider(Class<?> type, Op<?> op) {
    return new ServiceLoader.Provider<>() {
      @Override
      public Class<? extends Op> type() {
        return type.asSubclass(Op.class);
      }

      @Override
      public Op get() {
        return op;
      }
    };
  }
}
