package io.deltagraph.onnx.read;

import io.deltagraph.registry.OpRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Runs ONNX's public node tests, which are not kept here: a folder of folders as {@code
 * onnx/backend/test/data/node} has them.
 */
final class NodeTests {
  private NodeTests() {}

  /** Prints each case of the subset that fails, and how many pass. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    OpRegistry ops = OpRegistry.load();
    int passed = 0;
    TreeMap<String, String> failed = new TreeMap<>();
    for (Path folder : NodeCase.folders(Path.of(arguments[0]))) {
      NodeCase one = NodeCase.of(folder);
      if (one.isOfSubset()) {
        String wrong = one.run(ops);
        if (wrong.isEmpty()) {
          passed++;
        } else {
          failed.put(one.name(), wrong);
        }
      }
    }
    failed.forEach((name, wrong) -> System.out.println(name + "\n    " + wrong));
    System.out.println(passed + " passed, " + failed.size() + " failed");
  }
}
