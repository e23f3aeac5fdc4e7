package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Site;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.codehaus.groovy.vmplugin.v8.IndyInterface;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The line that an error names is one that the user wrote, or none. */
public class SiteTest {
  /** For what is typed in the shell as well. */
  public static final Value X =
      new GraphBuilder(TestOps.registry()).input("x", TensorType.of(DType.F64, 2));

  @Test
  @DisplayName("What calls on behalf of a script is passed over: the script's own line is named")
  void scripts() {
    Value x = new GraphBuilder(TestOps.registry()).input("x", TensorType.of(DType.F64, 2));
    int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
    Value called = IndyInterface.<Value, Value>fromCache(x::plus, x);
    assertThat(((Apply) called).site()).isEqualTo(new Site("SiteTest.java", line));
  }

  @Test
  @DisplayName("What is typed in jshell has no line that anyone would know")
  void shell() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      shell.addToClasspath(path);
      List<SnippetEvent> events =
          shell.eval(
              "((io.deltagraph.graph.Apply) io.deltagraph.building.SiteTest.X.plus("
                  + "io.deltagraph.building.SiteTest.X)).site().toString()");
      assertThat(events.getFirst().value())
          .as(events + " " + shell.diagnostics(events.getFirst().snippet()).toList())
          .isEqualTo("\"unknown line\"");
    }
  }
}
