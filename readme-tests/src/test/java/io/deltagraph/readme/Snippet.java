package io.deltagraph.readme;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An op of the guide for authors, as a whole class or as its members; in the second case the class,
 * the name and the inputs are put around them.
 */
record Snippet(String members) {
  private static final ImmutableMap<String, String> KINDS =
      ImmutableMap.of(
          "List<Value> forwardAll(", "Composite.Several",
          "void forwardAll(", "Kernel.Several",
          "Lane forward(", "Pointwise",
          "Value forward(", "Composite",
          "void forward(", "Kernel",
          "Lanes combine(", "Reduction",
          "Subscripts subscripts(", "Contraction",
          "IndexMap map(", "View");
  private static final Pattern TYPE = Pattern.compile("(?m)^public (?:final class|record) (\\w+)");
  private static final Pattern WHOLE =
      Pattern.compile(
          "implements (?:Pointwise|Composite|Kernel|Reduction|Contraction|View)(?:\\.Several)?<");
  private static final Pattern ATTRIBUTES = Pattern.compile("\\brecord (\\w+)\\(");
  private static final Pattern INPUT =
      Pattern.compile("\\b(?:x\\.get|inputs\\.get|at\\.input)\\(1\\)");
  private static final Pattern CONTRACT =
      Pattern.compile("(?m)^class (\\w+) implements OpContract");

  /** What the checks of its contract say, each with its message or, if it passes, nothing. */
  ImmutableMap<String, String> outcome(Path empty) throws Exception {
    return with(empty, Snippet::checked);
  }

  /** Does something with its contract, while its classes can be loaded. */
  <T> T with(Path empty, Function<OpContract, T> use) throws Exception {
    String text = source();
    Matcher type = TYPE.matcher(text);
    if (!type.find()) {
      throw new AssertionError("There is no public class in\n" + text);
    }
    String contract = contract(text);
    if (!CONTRACT.matcher(text).find()) {
      text +=
          "class ExampleTest implements OpContract {\n  public Op<?> op() { return new "
              + type.group(1)
              + "(); }\n}\n";
    }
    compile(type.group(1), text, empty);
    Path list = empty.resolve("META-INF/services/" + Op.class.getName());
    Files.createDirectories(list.getParent());
    Files.writeString(list, "com.acme.ops." + type.group(1) + "\n", UTF_8);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {empty.toUri().toURL()}, getClass().getClassLoader())) {
      var constructor = loader.loadClass("com.acme.ops." + contract).getDeclaredConstructor();
      constructor.setAccessible(true); // a test class is not public
      return use.apply((OpContract) constructor.newInstance());
    }
  }

  private static String contract(String text) {
    Matcher own = CONTRACT.matcher(text);
    return own.find() ? own.group(1) : "ExampleTest";
  }

  private String source() {
    String body = WHOLE.matcher(members).find() ? members : wrapped();
    return """
    package com.acme.ops;
    import com.google.common.collect.*;
    import io.deltagraph.graph.*;
    import io.deltagraph.tensor.*;
    import io.deltagraph.testkit.*;
    import io.deltagraph.type.*;
    import java.util.*;
    """
        + body;
  }

  private String wrapped() {
    String kind =
        KINDS.entrySet().stream()
            .filter(entry -> members.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError("This is no op:\n" + members));
    Matcher attributes = ATTRIBUTES.matcher(members);
    String record = attributes.find() ? "Example." + attributes.group(1) : "NoAttributes";
    StringBuilder text = new StringBuilder("public final class Example implements ");
    text.append(kind).append('<').append(record).append("> {\n");
    if (!members.contains(" id()")) {
      text.append("public OpId id() { return OpId.of(\"acme:example\"); }\n");
    }
    if (!members.contains(" signature()")) {
      boolean two = INPUT.matcher(members).find();
      text.append("public OpSignature signature() { return OpSignature.of(")
          .append(two ? "\"x\", \"y\"" : "\"x\"")
          .append("); }\n");
    }
    // A contract that stands behind the members is a class of its own.
    Matcher contract = CONTRACT.matcher(members);
    int end = contract.find() ? contract.start() : members.length();
    return text.append(members, 0, end).append("}\n").append(members.substring(end)).toString();
  }

  private static void compile(String type, String text, Path folder) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///com/acme/ops/" + type + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    List<String> options =
        List.of("-proc:none", "-d", folder.toString(), "-classpath", libraries());
    if (!compiler.getTask(errors, null, null, options, null, List.of(source)).call()) {
      throw new AssertionError("The block does not compile:\n" + errors + "\n" + text);
    }
  }

  private static String libraries() {
    return Stream.of(Op.class, OpContract.class, ImmutableList.class, TestFactory.class)
        .map(Snippet::place)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static ImmutableMap<String, String> checked(OpContract contract) {
    Map<String, String> messages = new LinkedHashMap<>();
    try (Stream<DynamicNode> checks = contract.contract(entry -> {})) {
      for (DynamicNode check : checks.toList()) {
        messages.put(check.getDisplayName(), message((DynamicTest) check));
      }
    }
    return ImmutableMap.copyOf(messages);
  }

  private static String message(DynamicTest check) {
    try {
      check.getExecutable().execute();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    } catch (Throwable e) {
      return "throws " + e;
    }
  }
}
