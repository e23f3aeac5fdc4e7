package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.RawKernel;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphJsonTest {
  private final OpRegistry ops = FileSamples.ops();
  private final GraphBuilder builder = new GraphBuilder(ops);

  private Graph read(String json) throws ModelFileException {
    return GraphJson.read(json, ops);
  }

  private static String golden() throws IOException {
    return Resources.toString(
        Resources.getResource(GraphJsonTest.class, "step.json"), StandardCharsets.UTF_8);
  }

  /** A graph of one output, its nodes given. */
  private static String graph(String nodes, int output) {
    return "{\"format\":\"deltagraph-graph\",\"version\":1,\"nodes\":["
        + nodes
        + "],\"outputs\":{\"y\":"
        + output
        + "},\"updates\":{}}";
  }

  private Constant roundTrip(Tensor tensor) throws ModelFileException {
    Graph graph = builder.graph(Map.of("y", builder.constant(tensor)));
    return (Constant) read(GraphJson.write(graph)).output("y");
  }

  @Test
  void writesOneLinePerNode() throws IOException {
    assertThat(GraphJson.write(FileSamples.step(builder))).isEqualTo(golden());
  }

  @Test
  void readsBackTheSameNodes() throws IOException {
    Graph graph = FileSamples.step(builder);
    Graph back = read(golden());
    assertThat(back.nodes()).hasSameSizeAs(graph.nodes());
    for (int i = 0; i < graph.nodes().size(); i++) {
      Value before = graph.nodes().get(i);
      Value after = back.nodes().get(i);
      assertThat(after.type()).isEqualTo(before.type());
      assertThat(after.name()).isEqualTo(before.name());
      assertThat(after.getClass()).isEqualTo(before.getClass());
      if (before instanceof Apply applied && after instanceof Apply again) {
        assertThat(again.op()).isSameAs(applied.op());
        assertThat(again.attributes()).isEqualTo(applied.attributes());
        assertThat(again.inputs().stream().map(v -> back.nodes().indexOf(v)).toList())
            .isEqualTo(applied.inputs().stream().map(v -> graph.nodes().indexOf(v)).toList());
      }
    }
    assertThat(back.outputs().keySet()).containsExactlyElementsOf(graph.outputs().keySet());
    assertThat(back.nodes().indexOf(back.output("d_W2")))
        .isEqualTo(graph.nodes().indexOf(graph.output("d_W2")));
    assertThat(back.updates().keySet().stream().map(Value::label))
        .containsExactly("W1", "b1", "W2");
    assertThat(GraphJson.write(back)).isEqualTo(golden());
  }

  @Test
  void keepsEveryBitOfFloatConstants() throws ModelFileException {
    double[] doubles = {
      0.0,
      -0.0,
      0.1,
      1.0 / 3,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      -1e-300,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.longBitsToDouble(0x7ff8000000000001L),
      Double.longBitsToDouble(0xfff8dead00000000L)
    };
    TensorBuffer back = TensorBuffer.allocate(DType.F64, doubles.length);
    roundTrip(
            Tensor.copyOf(TensorType.of(DType.F64, doubles.length), new TensorBuffer.F64(doubles)))
        .tensor()
        .copyInto(back);
    for (int i = 0; i < doubles.length; i++) {
      assertThat(Double.doubleToRawLongBits(((double[]) back.array())[i]))
          .isEqualTo(Double.doubleToRawLongBits(doubles[i]));
    }
    float[] floats = {
      -0f,
      0.1f,
      1f / 3,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      Float.NaN,
      Float.NEGATIVE_INFINITY,
      Float.intBitsToFloat(0x7fc00001),
      16777216f,
      3.0e-39f
    };
    TensorBuffer back32 = TensorBuffer.allocate(DType.F32, floats.length);
    roundTrip(Tensor.copyOf(TensorType.of(DType.F32, floats.length), new TensorBuffer.F32(floats)))
        .tensor()
        .copyInto(back32);
    for (int i = 0; i < floats.length; i++) {
      assertThat(Float.floatToRawIntBits(((float[]) back32.array())[i]))
          .isEqualTo(Float.floatToRawIntBits(floats[i]));
    }
  }

  @Test
  void keepsWholeNumbersAndMasksExactly() throws ModelFileException {
    long[] longs = {Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1, -1};
    TensorBuffer back = TensorBuffer.allocate(DType.I64, 4);
    roundTrip(Tensor.copyOf(TensorType.of(DType.I64, 2, 2), new TensorBuffer.I64(longs)))
        .tensor()
        .copyInto(back);
    assertThat((long[]) back.array()).isEqualTo(longs);
    Tensor ints = Tensor.indices(Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
    assertThat(roundTrip(ints).tensor().bitEquals(ints)).isTrue();
    Tensor mask = Tensor.of(TensorType.of(DType.BOOL, 3), 1, 0, 1);
    assertThat(roundTrip(mask).tensor().bitEquals(mask)).isTrue();
    Tensor empty = Tensor.zeros(TensorType.of(DType.F32, 0, 3));
    assertThat(roundTrip(empty).type()).isEqualTo(empty.type());
  }

  @Test
  void keepsAttributesCompositesAndNamesOfConstants() throws ModelFileException {
    Value x = builder.input("x", new TensorType(DType.F32, Shape.batch("N")));
    Value scaled =
        x.op("acme:scale", ImmutableMap.of("factor", Double.NEGATIVE_INFINITY, "note", "é \"\n"));
    Value twice = scaled.op("acme:twice").plus(scaled.plus(scaled));
    builder.constant(Tensor.filled(TensorType.scalar(DType.F32), 2)).named("two");
    Graph back = read(GraphJson.write(builder.graph(Map.of("y", twice.times(2)))));
    Apply product = (Apply) back.output("y");
    Apply sum = (Apply) product.input(0);
    Apply composite = (Apply) sum.input(0);
    assertThat(product.input(1).label()).isEqualTo("two");
    assertThat(composite.body()).contains(sum.input(1));
    assertThat(((Apply) composite.input(0)).attributes())
        .isEqualTo(new SampleOps.Scale.Factor(Double.NEGATIVE_INFINITY, "é \"\n"));
  }

  @Test
  void readsAChainOfTwentyThousandNodes() throws ModelFileException {
    Value value = builder.input("x", TensorType.scalar(DType.F64));
    for (int i = 0; i < 20_000; i++) {
      value = i % 2 == 0 ? value.tanh() : value.negate();
    }
    assertThat(read(GraphJson.write(builder.graph(Map.of("y", value)))).nodes()).hasSize(20_001);
  }

  @Test
  void refusesToWriteWhatCouldNotBeReadBack() {
    Value x = builder.input("x", TensorType.scalar(DType.F64));
    RawKernel kernel = new RawKernel(OpId.of("acme:odd.backward"), 1, (inputs, output) -> {});
    Value raw = builder.apply(kernel, new RawKernel.Of(x.type(), NoAttributes.NONE), List.of(x));
    assertThatThrownBy(() -> GraphJson.write(builder.graph(Map.of("y", raw))))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("'acme:odd.backward' is a raw backward rule");
    OpLookup fewer = OpRegistry.of();
    Value stray = new GraphBuilder(fewer).input("x", TensorType.scalar(DType.F64));
    Value unregistered =
        stray
            .builder()
            .apply(new SampleOps.Scale(), new SampleOps.Scale.Factor(1, ""), List.of(stray));
    assertThatThrownBy(() -> GraphJson.write(stray.builder().graph(Map.of("y", unregistered))))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("No op named 'acme:scale'");
    Value named = x.negate().named("a\nb");
    assertThatThrownBy(() -> GraphJson.write(builder.graph(Map.of("y", named))))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("The name 'a\\u000ab' holds a control character.");
    Value big = builder.constant(Tensor.zeros(TensorType.of(DType.F64, 65_537)));
    assertThatThrownBy(() -> GraphJson.write(builder.graph(Map.of("y", big))))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("at most 65536 elements");
  }

  @Test
  void tellsWhereAnUnknownOpStands() {
    String json =
        graph(
            "{\"input\":\"x\",\"type\":\"f64[]\"},\n"
                + "{\"op\":\"negat\",\"inputs\":[0],\"type\":\"f64[]\"}",
            1);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelFileException.class)
        .hasCauseInstanceOf(GraphException.UnknownOp.class)
        .hasMessageContaining("No op named 'negat'. Did you mean 'negate'")
        .hasMessageContaining("at      line 2, column 42 (/nodes/1)")
        .hasMessageContaining("file    graph JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"input":"x","type":"f64[]","@class":"java.lang.Runtime"} | The field '@class' is unknown
          {"input":"x","input":"x","type":"f64[]"}        | Duplicate
          {"input":"x","parameter":"x","type":"f64[]"}    | either 'input' or 'parameter'
          {"input":"x"}                                   | A node has a type such as f64[N, 3]
          {"input":"x","type":"f65[]"}                    | No dtype named 'f65'
          {"input":"x","type":"f64[99999999999]"}         | The size 99999999999 in the shape
          {"input":"x","type":"f64[9999999999]"}          | The size 9999999999 in the shape
          {"input":"x","type":"f64[65536, 65536]"}        | more elements than an array can hold
          {"input":"x","type":"f64[1,1,1,1,1,1,1,1,1]"}   | at most 8 dimensions
          {"input":"","type":"f64[]"}                     | The name '' is empty
          {"input":"a\\u0000","type":"f64[]"}             | holds a control character
          {"input":"a\\ud800","type":"f64[]"}             | holds half of a surrogate pair
          {"input":"x","type":"f64[]","name":"y"}         | one name only
          {"input":"x","type":"f64[]","inputs":[]}        | nothing else has inputs
          {"type":"f64[]"}                                | A node is one of input
          {"parameter":"x","type":"f64[N]"}               | needs known sizes
          {"type":"f64[2]","constant":[1]}                | The constant has 1 elements; f64[2] has 2
          {"type":"f64[1]","constant":[1,2]}              | more than the 1 elements of f64[1]
          {"type":"f64[N]","constant":[1]}                | A constant has known sizes
          {"type":"f64[2147483647]","constant":[1]}       | elements than an array can hold
          {"type":"f64[99999999]","constant":[1]}         | at most 65536 elements
          {"constant":[1],"type":"f64[1]"}                | given before its elements
          {"type":"f64[]","constant":[1e999]}             | '1e999' is no element of type f64
          {"type":"f32[]","constant":[1e39]}              | '1e39' is no element of type f32
          {"type":"f64[]","constant":["1"]}               | '1' is no element of type float
          {"type":"f64[]","constant":["NaN:0"]}           | 'NaN:0' is no element of type f64
          {"type":"f64[]","constant":[NaN]}               | not the JSON expected here
          {"type":"i64[]","constant":[9223372036854775808]} | is no element of type i64
          {"type":"i32[]","constant":[1.0]}               | Here belongs a whole number
          {"type":"bool[]","constant":[1]}                | Here belongs true or false
          {"type":"f64[]","constant":[null]}              | 'null' is no element of type f64
          {"op":"negate","inputs":[0],"type":"f64[]"}     | does not come before its use
          {"op":"negate","inputs":[-1],"type":"f64[]"}    | The number -1 is not between
          {"op":"negate","inputs":[99999999999999999999],"type":"f64[]"} | is not between
          {"op":"java.lang.Runtime","inputs":[],"type":"f64[]"} | An op's name looks like
          {"op":"javax.script.manager","inputs":[],"type":"f64[]"} | No op named 'javax.script.manager'
          {"op":"negate","inputs":[],"type":"f64[]"}      | it takes (x), got 0 inputs
          {"op":"negate","attributes":{"k":1},"inputs":[],"type":"f64[]"} | There is no attribute 'k'
          {"op":"negate","attributes":{"k":{}},"inputs":[],"type":"f64[]"} | An attribute is a number
          {"op":"negate","attributes":{"k":null},"inputs":[],"type":"f64[]"} | An attribute is a number
          []                                              | Here belongs an object
          """)
  void refusesABadNode(String node, String reason) {
    assertThatThrownBy(() -> read(graph(node, 0)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version": 1,                | "version": 3,               | Its version is 3; this program reads
          "version": 1,                | ``                          | It states no version
          deltagraph-graph             | other                       | Its format is 'other'
          "loss": 13                   | "loss": 99                  | There is no node 99
          "W1": 28                     | "W9": 28                    | no parameter 'W9' to update
          "W1": 28                     | "X": 28                     | no parameter 'X' to update
          "W1": 28                     | "W1": 1                     | The new value of W1
          "loss": 13                   | "loss": 13, "loss": 13      | Duplicate
          "type": "f64[N, 3]", "name": "H" | "type": "f64[N, 4]", "name": "H" | type is f64[N, 3] by its op, but f64[N, 4]
          "name": "H"                  | "name": "X"                 | The name 'X' is taken
          "loss": 13                   | "loss": 22                  | are used by no output
          "updates": {                 | "updates": null, "x": {     | Here belongs an object
          """)
  void refusesAGraphWithOneThingChanged(String from, String to, String reason) throws IOException {
    assertThat(golden()).contains(from);
    assertThatThrownBy(() -> read(golden().replace(from, to)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesTextCutAnywhere() throws IOException {
    String json = golden();
    for (int end = 0; end < json.length() - 2; end++) {
      String cut = json.substring(0, end);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(ModelFileException.class);
    }
    assertThatThrownBy(() -> read(json + "{}"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("Something follows");
  }

  @Test
  void refusesDepthAndLength() {
    for (String deep :
        List.of("[".repeat(1_000_000), "{\"nodes\":".repeat(200_000), "{\"a\":[".repeat(200_000))) {
      assertThatThrownBy(() -> read(deep)).isInstanceOf(ModelFileException.class);
    }
    String name = "x".repeat(257);
    assertThatThrownBy(() -> read(graph("{\"input\":\"" + name + "\",\"type\":\"f64[]\"}", 0)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("longer than 256 characters");
    String digits = "1".repeat(100_000);
    assertThatThrownBy(() -> read(graph("{\"type\":\"f64[]\",\"constant\":[" + digits + "]}", 0)))
        .isInstanceOf(ModelFileException.class);
    assertThatThrownBy(() -> read(graph("{\"input\":\"" + "x".repeat(2_000_000), 0)))
        .isInstanceOf(ModelFileException.class);
    String inputs = "0,".repeat(5000) + "0";
    assertThatThrownBy(() ->
            read(
                graph(
                    "{\"input\":\"x\",\"type\":\"f64[]\"},{\"op\":\"add\",\"type\":\"f64[]\",\"inputs\":["
                        + inputs
                        + "]}",
                    1)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("at most 4096 inputs");
  }

  /** Each part that is read is a node of the file; the version says that it names outputs. */
  @Test
  void writesTheOutputThatANodeIs() throws ModelFileException {
    Value x = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 3)));
    Tuple largest = x.tuple("acme:largest", Map.of("axis", 1));
    Value value = largest.part("value");
    Graph graph =
        builder.graph(ImmutableMap.of("where", largest.part("index"), "y", value.square()));
    String json = GraphJson.write(graph);
    assertThat(json)
        .isEqualTo(
            """
            {
              "format": "deltagraph-graph",
              "version": 2,
              "nodes": [
                {"input": "X", "type": "f64[N, 3]"},
                {"op": "acme:largest", "output": "value", "attributes": {"axis": 1}, "inputs": [0], "type": "f64[N]"},
                {"op": "acme:largest", "output": "index", "attributes": {"axis": 1}, "inputs": [0], "type": "i64[N]"},
                {"op": "square", "inputs": [1], "type": "f64[N]"}
              ],
              "outputs": {
                "where": 2,
                "y": 3
              },
              "updates": {}
            }
            """);
    Graph back = read(json);
    assertThat(GraphJson.write(back)).isEqualTo(json);
    Apply again = (Apply) ((Apply) back.output("y")).input(0);
    assertThat(again.tuple()).isSameAs(((Apply) back.output("where")).tuple());
    Graph one = read(GraphJson.write(builder.graph(Map.of("where", largest.part("index")))));
    assertThat(one.nodes()).hasSize(2);
    assertThat(((Apply) one.output("where")).index()).isEqualTo(1);
  }

  @Test
  void namesNoOutputWhereThereIsOne() throws ModelFileException {
    Value x = builder.input("X", TensorType.of(DType.F64, 3));
    String json = GraphJson.write(builder.graph(Map.of("y", x.square())));
    assertThat(json).contains("\"version\": 1,").doesNotContain("\"output\"");
    assertThat(read(json.replace("\"version\": 1", "\"version\": 2")).nodes()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | acme:largest | ,           | The op 'acme:largest' has several outputs, value, index; a node names one of them by "output".
          2 | acme:largest | order       | acme:largest has no output named 'order'; it has 2 outputs: value, index.
          2 | acme:largest | index       | The node's type is i64[] by its op, but f64[] by the file.
          2 | square       | output      | The op 'square' has one output, which no node names.
          1 | acme:largest | value       | A node names one of several outputs, which is known from version 2 on; the file states version 1.
          3 | acme:largest | value       | Its version is 3; this program reads versions 1 to 2.
          """)
  void refusesOutputsThatAreNotThere(int version, String op, String output, String message) {
    String named = output.equals(",") ? "" : ",\"output\":\"" + output + "\"";
    String nodes =
        "{\"input\":\"x\",\"type\":\"f64[3]\"},{\"op\":\""
            + op
            + "\""
            + named
            + ",\"inputs\":[0],\"type\":\"f64[]\"}";
    String json = graph(nodes, 1).replace("\"version\":1", "\"version\":" + version);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }
}
