package io.deltagraph.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.onnxproto.NodeProto;
import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of ONNX's public node tests, at least one for each operator that is read. */
class NodeCaseTest {
  @TempDir private Path folder;

  @Test
  void eachOperatorGivesWhatOnnxSays() throws IOException {
    OpRegistry ops = OpRegistry.load();
    TreeSet<String> tried = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    Path zip = folder.resolve("node-tests.zip");
    try (InputStream in = NodeCaseTest.class.getResourceAsStream("node-tests.zip")) {
      Files.write(zip, in.readAllBytes());
    }
    try (FileSystem cases = FileSystems.newFileSystem(zip)) {
      for (Path one : NodeCase.folders(cases.getPath("/"))) {
        NodeCase node = NodeCase.of(one);
        assertThat(node.isOfSubset()).as(node.name()).isTrue();
        node.model().getGraph().getNodeList().stream()
            .map(NodeProto::getOpType)
            .forEach(tried::add);
        String difference = node.run(ops);
        if (!difference.isEmpty()) {
          wrong.add(node.name() + ": " + difference);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isEqualTo(new TreeSet<>(Operators.known().keySet()));
  }

  @Test
  void theGuideListsTheOperators() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "onnx-import.md"));
    String list = guide.substring(guide.indexOf("\nAbs "), guide.indexOf(" Xor.") + 4);
    assertThat(list.strip().split("\\s+"))
        .containsExactlyElementsOf(new TreeSet<>(Operators.known().keySet()));
  }
}
