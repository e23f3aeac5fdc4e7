package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Input;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.read.OnnxImport;
import io.deltagraph.onnx.read.OnnxModel;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.type.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported and read back gives the same bits here. */
class ReadBackTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int GRAPHS = 200;

  static Stream<String> ops() {
    return OPS.ids().stream().map(OpId::name).filter(name -> !OpCases.REFUSED.containsKey(name));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void everyOpGivesItsBits(String name) throws OnnxException {
    Op<?> op = OPS.op(OpId.of(name));
    for (Case sample : OpCases.of(op)) {
      for (DType dtype : List.of(DType.F64, DType.F32)) {
        for (int opset : List.of(16, 18, 21)) {
          givesItsBits(OpSample.of(OPS, op, sample, dtype), new Opset(opset));
        }
      }
    }
  }

  @Test
  void randomGraphsGiveTheirBits() throws OnnxException {
    for (int seed = 0; seed < GRAPHS; seed++) {
      givesItsBits(RandomGraph.of(OPS, seed), Opset.USUAL);
    }
  }

  static Stream<SavedModelsTest.Named> models() {
    return SavedModelsTest.models();
  }

  @ParameterizedTest
  @MethodSource("models")
  void netsOfEveryFamilyGiveTheirBits(SavedModelsTest.Named named) throws OnnxException {
    SavedModel model = named.model();
    Random random = new Random(8);
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (Input input : model.graph().inputs()) {
      feeds.put(
          input.label(),
          Tensor.generate(input.type().bind(Map.of("N", 9)), i -> random.nextGaussian()));
    }
    givesItsBits(new OpSample(named.name(), model.graph(), model.parameters(), feeds), Opset.USUAL);
  }

  private static void givesItsBits(OpSample sample, Opset opset) throws OnnxException {
    byte[] file = OnnxExport.of(sample.graph(), sample.parameters(), opset).bytes();
    OnnxModel read = OnnxImport.with(OPS).read(sample.label(), file);
    Map<String, Tensor> before;
    try (Session session = Session.open(sample.graph())) {
      before = session.setAll(sample.parameters()).run(sample.feeds());
    }
    Map<String, Tensor> feeds = new LinkedHashMap<>(sample.feeds());
    feeds.keySet().retainAll(read.graph().inputs().stream().map(Input::label).toList());
    Map<String, Tensor> after;
    try (Session session = Session.open(read.graph())) {
      after = session.setAll(read.parameters()).run(feeds);
    }
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, tensor) -> {
      String where = sample.label() + " at opset " + opset.version() + ": " + name;
      assertThat(after.get(name).type()).as(where).isEqualTo(tensor.type());
      for (int i = 0; i < tensor.length(); i++) {
        assertThat(after.get(name).bits(i))
            .as(where + " " + tensor + " " + after.get(name))
            .isEqualTo(tensor.bits(i));
      }
    });
  }
}
