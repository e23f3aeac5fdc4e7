package io.deltagraph.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnxproto.ModelProto;
import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Graphs of a dozen random ops over N rows agree with ONNX Runtime, whatever N is. */
class RandomGraphsTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int GRAPHS = 200;

  /** Set this to the number of a graph to run that one alone. */
  private static final String ALONE = "deltagraph.onnx.graph";

  @Test
  void randomGraphsMeanTheSameThere() throws Exception {
    Integer alone = Integer.getInteger(ALONE);
    for (int seed = 0; seed < GRAPHS; seed++) {
      if (alone == null || alone == seed) {
        agrees(seed);
      }
    }
  }

  private static void agrees(int seed) throws Exception {
    OpSample sample = RandomGraph.of(OPS, seed);
    String replay = "mvn -pl onnx-tests test -D%s=%d".formatted(ALONE, seed);
    Map<String, Tensor> ours;
    try (Session session = Session.open(sample.graph())) {
      ours = session.setAll(sample.parameters()).run(sample.feeds());
    }
    Map<String, Object> theirs;
    byte[] file;
    try {
      file = OnnxExport.of(sample.graph(), sample.parameters(), Opset.USUAL).bytes();
      theirs = Agreement.run(file, sample.feeds());
    } catch (OnnxException e) {
      throw new AssertionError(replay, e);
    }
    ours.forEach((name, tensor) ->
        assertThat(Agreement.gap(tensor, theirs.get(name)))
            .as(replay + ": " + name + " " + sample.graph().nodes())
            .isLessThanOrEqualTo(seed % 2 == 0 ? 1e-11 : 2e-5));
    List<String> names =
        ModelProto.parseFrom(file).getGraph().getNodeList().stream()
            .map(NodeProto::getName)
            .toList();
    assertThat(names).as(replay).doesNotHaveDuplicates().doesNotContain("");
  }
}
