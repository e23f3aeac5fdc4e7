package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of one file, which imports java.base by itself and the engine by one line. */
class CompactSourceTest {
  @TempDir private Path folder;

  @Test
  void usesTheEngineAndTheJdkByTheirSimpleNames() throws IOException {
    assertThat(
            errors(
                """
                import module io.deltagraph.engine;

                void main() throws IOException {
                  GraphBuilder builder = new GraphBuilder(OpRegistry.load());
                  DType dtype = DType.F64;
                  Shape shape = Shape.of(2, 3);
                  Value x = builder.input("x", TensorType.of(dtype, 2, 3));
                  GraphParameter w = builder.parameter("w", x.type());
                  Value loss = x.times(w).sum();
                  Gradient gradient = Gradient.of(loss, List.of(w));
                  Graph graph = builder.graph(Map.of("loss", loss), Map.of(w, gradient.wrt(w)));
                  Tensor tensor = Tensor.zeros(x.type());
                  Optional<Tensor> some = Optional.of(tensor);
                  Function<Value, Shape> shapes = Value::shape;
                  Supplier<Graph> graphs = () -> graph;
                  Predicate<Value> floats = value -> value.dtype().isFloat();
                  Objects.requireNonNull(shapes.apply(graphs.get().output("loss")));
                  Path file = Files.createTempFile("graph", ".txt");
                  try (Session session = Session.open(graph)) {
                    session.set("w", some.orElseThrow());
                    Map<String, Tensor> outputs = session.run(Map.of("x", tensor));
                    Files.writeString(file, outputs + " " + floats.test(loss) + shape);
                  }
                }

                record Depth(double depth) {}

                final class Deep implements Pointwise<Depth> {
                  public OpId id() {
                    return OpId.of("acme:deep");
                  }

                  public OpSignature signature() {
                    return OpSignature.of("x");
                  }

                  public Schema<Depth> schema() {
                    return Schema.of(Depth::new, OpAttribute.number("depth", Depth::depth));
                  }

                  public Lane forward(Depth attributes, Lanes x) {
                    return x.get(0).times(attributes.depth());
                  }
                }

                interface Shapes {
                  TensorType infer(Depth attributes, InputTypes inputs);

                  void fill(TensorBuffer buffer, Backend backend, Step step, Plan plan);
                }
                """))
        .isEmpty();
  }

  /** Else the compiler would not be asked. */
  @Test
  void aNameOfTwoModulesIsFound() throws IOException {
    assertThat(
            errors(
                """
                import module java.desktop;
                import module io.deltagraph.engine;

                void main() {
                  IO.println(Shape.of(2, 3));
                }
                """))
        .singleElement()
        .asString()
        .contains("reference to Shape is ambiguous");
  }

  private ImmutableList<String> errors(String program) throws IOException {
    Path source = folder.resolve("Program.java");
    Files.writeString(source, program);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      compiler
          .getTask(
              new StringWriter(),
              files,
              found,
              ImmutableList.of(
                  "-proc:none",
                  "-d",
                  folder.toString(),
                  "--module-path",
                  modulePath(),
                  "--add-modules",
                  "io.deltagraph.engine"),
              null,
              files.getJavaFileObjects(source))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .collect(ImmutableList.toImmutableList());
  }

  /** What stands on the class path of this build and is a module. */
  private static String modulePath() {
    return Splitter.on(File.pathSeparator)
        .splitToStream(System.getProperty("java.class.path"))
        .filter(entry -> isModule(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isModule(Path entry) {
    try {
      return ModuleFinder.of(entry).findAll().stream()
          .anyMatch(module -> !module.descriptor().isAutomatic());
    } catch (FindException notAModule) {
      return false;
    }
  }
}
