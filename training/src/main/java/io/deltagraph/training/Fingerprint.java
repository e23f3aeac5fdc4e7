package io.deltagraph.training;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.deltagraph.files.GraphJson;
import io.deltagraph.files.ModelFileException;
import io.deltagraph.graph.Graph;
import io.deltagraph.models.Model;
import io.deltagraph.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Short texts that differ where what they stand for does. */
final class Fingerprint {
  private static final int LENGTH = 16;

  private Fingerprint() {}

  static String of(Graph graph) throws ModelFileException {
    return of(GraphJson.write(graph));
  }

  static String of(String text) {
    return Hashing.sha256()
        .hashString(text, StandardCharsets.UTF_8)
        .toString()
        .substring(0, LENGTH);
  }

  static String ofFirst(Model model) {
    Map<String, Tensor> first = new HashMap<>();
    model.initial().forEach((parameter, value) -> first.put(parameter.label(), value));
    return of(first);
  }

  static String of(Map<String, Tensor> tensors) {
    Rows rows = new Rows();
    rows.add(tensors);
    return rows.text();
  }

  /** That of tensors which are not all in memory. */
  static final class Rows {
    private final Hasher hasher = Hashing.sha256().newHasher();

    /** Goes on with other tensors. */
    void add(Map<String, Tensor> tensors) {
      new TreeMap<>(tensors)
          .forEach((name, tensor) -> {
            hasher.putString(name + tensor.type(), StandardCharsets.UTF_8);
            for (int i = 0; i < tensor.length(); i++) {
              hasher.putDouble(tensor.get(i));
            }
          });
    }

    /** To be asked for once, at the end. */
    String text() {
      return hasher.hash().toString().substring(0, LENGTH);
    }
  }
}
