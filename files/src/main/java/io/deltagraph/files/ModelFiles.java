package io.deltagraph.files;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
 * the file whose SHA-256 fits. One process saves a model at a time, and a second is refused; any
 * number may load it. Symbolic links are followed, so that they stay.
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
    try (ModelOutput output = ModelOutput.claim(stem)) {
      output.save(graph, parameters, metadata);
    }
  }

  /**
   * The two files of a model, links followed.
   *
   * @param stem what it is loaded by
   */
  record Places(Path stem, Path json, Path weights) {
    static Places of(Path stem) throws IOException {
      return new Places(
          stem,
          Destination.replaced(ModelFiles.json(stem)),
          Destination.replaced(ModelFiles.weights(stem)));
    }

    /** Places beside these of which there is neither file. */
    Places beside(Storage storage) {
      for (int number = 1; ; number++) {
        Path stem = sibling(json, number == 1 ? ".autosave" : ".autosave-" + number);
        Places places = new Places(stem, ModelFiles.json(stem), ModelFiles.weights(stem));
        if (!storage.exists(places.json) && !storage.exists(places.weights)) {
          return places;
        }
      }
    }
  }

  static void save(
      Storage storage,
      Places places,
      Graph graph,
      Map<String, Tensor> parameters,
      Map<String, String> metadata)
      throws IOException {
    Path json = places.json();
    check(json.toString(), graph, parameters);
    MessageDigest digest = Digests.start();
    Path aside =
        storage.aside(
            sibling(json, WEIGHTS),
            out -> {
              DigestOutputStream counted = new DigestOutputStream(out, digest);
              SafeTensors.write(counted, places.weights().toString(), parameters, Map.of());
            });
    String hex = Digests.hex(digest);
    Path kept = digestNamed(json, hex);
    boolean known = storage.exists(kept);
    moveOrDiscard(storage, aside, kept);
    try {
      byte[] text = ModelJson.write(json.toString(), graph, metadata, hex);
      moveOrDiscard(storage, storage.aside(json, out -> out.write(text)), json);
    } catch (IOException e) {
      if (!known) {
        discard(storage, kept);
      }
      throw e;
    }
    tidy(storage, kept, places);
  }

  private static void moveOrDiscard(Storage storage, Path aside, Path to) throws IOException {
    try {
      storage.move(aside, to);
    } catch (IOException e) {
      discard(storage, aside);
      throw e;
    }
  }

  /** Removes what a failed save made; that it stays is no failure of its own. */
  private static void discard(Storage storage, Path file) {
    try {
      storage.delete(file);
    } catch (IOException stays) {
      return;
    }
  }

  /** The model is saved by now: what fails here costs a longer name, or space. */
  private static void tidy(Storage storage, Path kept, Places places) {
    try {
      if (Disk.folder(places.weights()).equals(Disk.folder(kept))) {
        storage.move(kept, places.weights());
      } else {
        // A link may lead to another file system, where a file cannot be renamed to.
        Path aside = storage.aside(places.weights(), out -> Files.copy(kept, out));
        storage.move(aside, places.weights());
        storage.delete(kept);
      }
      for (Path leftover : leftovers(storage, places.json())) {
        storage.delete(leftover);
      }
    } catch (IOException stays) {
      return;
    }
  }

  /** What saves that were cut off have left; nobody else is saving now. */
  private static List<Path> leftovers(Storage storage, Path json) throws IOException {
    String name = sibling(json, "").getFileName().toString();
    Pattern leftover =
        Pattern.compile(
            digestNamed(name)
                + "|"
                + Disk.reserved(name + JSON, Disk.ASIDE)
                + "|"
                + Disk.reserved(name + WEIGHTS, Disk.ASIDE));
    return storage.files(Disk.folder(json)).stream()
        .filter(file -> leftover.matcher(file.getFileName().toString()).matches())
        .toList();
  }

  /** The file of a model that holds the graph; an ending of the stem is dropped. */
  public static Path json(Path stem) {
    return sibling(stem, JSON);
  }

  /** The file of a model that holds the parameters; an ending of the stem is dropped. */
  public static Path weights(Path stem) {
    return sibling(stem, WEIGHTS);
  }

  /**
   * The files that loading a model may look at: those two, and after a save that was cut off others
   * that hold parameters.
   */
  public static List<Path> files(Path stem) {
    Path json = json(stem);
    List<Path> files = new ArrayList<>(List.of(json, weights(stem)));
    try {
      files.addAll(leftovers(new Disk(), Destination.followed(json)));
    } catch (IOException unreadable) {
      return List.copyOf(files); // Loading will say so.
    }
    return List.copyOf(files);
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

  /** Beside the JSON, links followed: there every path to the model finds them. */
  private static Path digestNamed(Path json, String hex) {
    return sibling(json, "." + hex.substring(0, PREFIX) + WEIGHTS);
  }

  /** A pattern of such names. */
  private static String digestNamed(String stem) {
    return Pattern.quote(stem) + "\\.[0-9a-f]{" + PREFIX + "}" + Pattern.quote(WEIGHTS);
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

  /**
   * Loads what {@link #save} saved from elsewhere than files, such as from the class path.
   *
   * @param name what to call it in errors
   * @param json the graph, read to its end and not closed
   * @param weights the parameters, read to their end and not closed
   * @param ops where the graph's ops are found
   * @throws ModelFileException if either is damaged, lying or hostile, or an op is not registered
   * @throws IOException if either cannot be read
   */
  public static Model load(String name, InputStream json, InputStream weights, OpLookup ops)
      throws IOException {
    byte[] text = json.readNBytes(Limits.JSON_BYTES + 1);
    if (text.length > Limits.JSON_BYTES) {
      throw ModelJson.refuse(
          name + JSON, "It is too long; a graph takes at most " + Limits.JSON_BYTES + " bytes.");
    }
    ModelJson model = ModelJson.read(text, name + JSON, ops);
    byte[] bytes = weights.readAllBytes();
    return checked(
        name + JSON, model, name + WEIGHTS, new ByteArrayInputStream(bytes), bytes.length);
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
    Path kept = digestNamed(followed(json), model.weights());
    Path weights = Files.exists(kept) ? kept : weights(stem);
    return Disk.read(
        weights, (in, size) -> checked(json.toString(), model, weights.toString(), in, size));
  }

  private static Model checked(
      String json, ModelJson model, String weights, InputStream in, long size) throws IOException {
    DigestInputStream counted = new DigestInputStream(in, Digests.start());
    SafeTensors.Content content = SafeTensors.read(counted, size, weights);
    if (!Digests.hex(counted.getMessageDigest()).equals(model.weights())) {
      throw ModelJson.refuse(
          weights, "Its SHA-256 is not the one that " + Names.shown(json) + " states.");
    }
    check(weights, model.graph(), content.tensors());
    return new Model(model.graph(), content.tensors(), model.metadata());
  }

  private static Path followed(Path json) throws ModelFileException {
    try {
      return Destination.followed(json);
    } catch (IOException e) {
      throw Disk.unreadable(json, e);
    }
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
