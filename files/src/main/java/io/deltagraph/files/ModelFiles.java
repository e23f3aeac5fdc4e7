package io.deltagraph.files;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A model on disk: {@code digits.json} holds the graph and {@code digits.safetensors} the
 * parameters.
 *
 * <p>Saving keeps the pair whole at every moment. The weights are written aside and moved to a name
 * with the start of their SHA-256, {@code digits.0123456789abcdef.safetensors}; then the JSON,
 * which states that SHA-256, is written aside and moved into place: this one rename is the moment
 * of saving. Only then the weights take their plain name and leftovers are removed; a crash before
 * leaves the old pair, a crash after it the new one, since loading looks for either name and takes
 * the file whose SHA-256 fits. One process saves a model at a time; any number may load it.
 */
public final class ModelFiles {
  private static final String JSON = ".json";
  private static final String WEIGHTS = ".safetensors";
  private static final int PREFIX = 16;
  private static final int ATTEMPTS = 3;

  private ModelFiles() {}

  /** A loaded model: each parameter of the graph has its tensor. */
  public record Model(Graph graph, Map<String, Tensor> parameters, Map<String, String> metadata) {
    public Model {
      parameters = ImmutableMap.copyOf(parameters);
      metadata = ImmutableMap.copyOf(metadata);
    }
  }

  /**
   * Saves a model, replacing any of that name, or leaves everything as it was.
   *
   * @param stem the path without an ending; {@code .json} or {@code .safetensors} is dropped
   * @param parameters a tensor for each of the graph's parameters, no more and no fewer
   * @throws ModelFileException if the model cannot be written or could not be loaded again
   */
  public static void save(
      Path stem, Graph graph, Map<String, Tensor> parameters, Map<String, String> metadata)
      throws ModelFileException {
    save(new Disk(), stem, graph, parameters, metadata);
  }

  static void save(
      Storage storage,
      Path stem,
      Graph graph,
      Map<String, Tensor> parameters,
      Map<String, String> metadata)
      throws ModelFileException {
    Path json = json(stem);
    Path weights = weights(stem);
    check(json.toString(), graph, parameters);
    MessageDigest digest = Digests.start();
    Path aside = AtomicFile.aside(weights);
    String hex;
    Path kept;
    boolean known;
    try {
      storage.write(
          aside,
          out -> {
            DigestOutputStream counted = new DigestOutputStream(out, digest);
            SafeTensors.write(counted, weights.toString(), parameters, Map.of());
          });
      hex = Digests.hex(digest);
      kept = digestNamed(stem, hex);
      known = storage.exists(kept);
      storage.move(aside, kept);
    } catch (IOException e) {
      AtomicFile.discard(storage, aside);
      throw AtomicFile.failed(weights, e);
    }
    try {
      byte[] text = ModelJson.write(json.toString(), graph, metadata, hex);
      AtomicFile.write(storage, json, out -> out.write(text));
    } catch (ModelFileException e) {
      if (!known) {
        AtomicFile.discard(storage, kept);
      }
      throw e;
    }
    tidy(storage, stem, kept, weights);
  }

  /** The model is saved by now: what fails here costs a longer name, or space. */
  private static void tidy(Storage storage, Path stem, Path kept, Path weights) {
    try {
      storage.move(kept, weights);
      String name = Pattern.quote(sibling(stem, "").getFileName().toString());
      Pattern leftover = Pattern.compile(name + "\\.[0-9a-f]{" + PREFIX + "}\\.safetensors");
      for (Path file : storage.files(Disk.folder(weights))) {
        if (leftover.matcher(file.getFileName().toString()).matches()) {
          storage.delete(file);
        }
      }
    } catch (IOException stays) {
      return;
    }
  }

  /** The file of a model that holds the graph; an ending of the stem is dropped. */
  public static Path json(Path stem) {
    return sibling(stem, JSON);
  }

  /** The file of a model that holds the parameters; an ending of the stem is dropped. */
  public static Path weights(Path stem) {
    return sibling(stem, WEIGHTS);
  }

  private static Path sibling(Path stem, String ending) {
    String name = String.valueOf(stem.getFileName());
    for (String known : new String[] {JSON, WEIGHTS}) {
      if (name.endsWith(known)) {
        name = name.substring(0, name.length() - known.length());
      }
    }
    return stem.resolveSibling(name + ending);
  }

  private static Path digestNamed(Path stem, String hex) {
    return sibling(stem, "." + hex.substring(0, PREFIX) + WEIGHTS);
  }

  /**
   * Loads what {@link #save} saved.
   *
   * @param stem the path without an ending; {@code .json} or {@code .safetensors} is dropped
   * @param ops where the graph's ops are found
   * @throws ModelFileException if either file is missing, damaged, lying or hostile, or an op is
   *     not registered
   */
  public static Model load(Path stem, OpLookup ops) throws ModelFileException {
    Path json = json(stem);
    ModelJson model = json(json, ops);
    for (int attempt = 1; ; attempt++) {
      try {
        return load(stem, json, model);
      } catch (ModelFileException e) {
        // A save between the two reads replaces the weights: then the JSON has changed as well.
        ModelJson again = json(json, ops);
        if (attempt == ATTEMPTS || again.weights().equals(model.weights())) {
          throw e;
        }
        model = again;
      }
    }
  }

  private static ModelJson json(Path json, OpLookup ops) throws ModelFileException {
    byte[] bytes =
        Disk.read(
            json,
            (in, size) -> {
              if (size > Limits.JSON_BYTES) {
                throw ModelJson.refuse(
                    json.toString(),
                    "It has " + size + " bytes; a graph takes at most " + Limits.JSON_BYTES + ".");
              }
              return in.readNBytes((int) size);
            });
    return ModelJson.read(bytes, json.toString(), ops);
  }

  private static Model load(Path stem, Path json, ModelJson model) throws ModelFileException {
    Path kept = digestNamed(stem, model.weights());
    Path weights = Files.exists(kept) ? kept : weights(stem);
    SafeTensors.Content content =
        Disk.read(
            weights,
            (in, size) -> {
              DigestInputStream counted = new DigestInputStream(in, Digests.start());
              SafeTensors.Content read = SafeTensors.read(counted, size, weights.toString());
              if (!Digests.hex(counted.getMessageDigest()).equals(model.weights())) {
                throw ModelJson.refuse(
                    weights.toString(),
                    "Its SHA-256 is not the one that " + Names.shown(json.toString()) + " states.");
              }
              return read;
            });
    check(weights.toString(), model.graph(), content.tensors());
    return new Model(model.graph(), content.tensors(), model.metadata());
  }

  /** Each parameter has a tensor of its type, and there is no other. */
  private static void check(String file, Graph graph, Map<String, Tensor> tensors)
      throws ModelFileException {
    Map<String, TensorType> types = new HashMap<>();
    for (GraphParameter parameter : graph.parameters()) {
      types.put(parameter.label(), parameter.type());
    }
    for (Map.Entry<String, TensorType> expected : types.entrySet()) {
      Tensor tensor = tensors.get(expected.getKey());
      if (tensor == null || !tensor.type().equals(expected.getValue())) {
        throw ModelJson.refuse(
            file,
            "The parameter '"
                + Names.shown(expected.getKey())
                + "' is "
                + expected.getValue()
                + " in the graph, and its tensor "
                + (tensor == null ? "is missing." : "is " + tensor.type() + "."));
      }
    }
    for (String name : tensors.keySet()) {
      if (!types.containsKey(name)) {
        throw ModelJson.refuse(
            file, "The tensor '" + Names.shown(name) + "' belongs to no parameter of the graph.");
      }
    }
  }
}
