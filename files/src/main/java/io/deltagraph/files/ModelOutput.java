package io.deltagraph.files;

import io.deltagraph.graph.Graph;
import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that is going to be written, claimed before the work whose result it takes: what stands
 * in the way is known at once, and a second process that wants to write the same model is refused.
 *
 * <p>While the work goes on, {@link #keep} saves what there is so far beside the model, under a
 * name that nothing else has; only {@link #save} replaces the model, in one step. The end of the
 * process waits for a save that has begun; after that {@link #save} and {@link #keep} do not
 * return.
 */
public final class ModelOutput implements AutoCloseable {
  private final Storage storage;
  private final ModelFiles.Places places;
  private final Ending ending;
  private volatile @Nullable Claim claim;
  private volatile ModelFiles.@Nullable Places kept;
  private volatile boolean saved;
  private volatile Runnable farewell = () -> {};

  private ModelOutput(Storage storage, ModelFiles.Places places) {
    this.storage = storage;
    this.places = places;
    this.ending = new Ending(this::letGo, () -> farewell.run());
  }

  /**
   * Claims a model; its folder is made where there is none.
   *
   * @param stem the path without an ending; {@code .json} or {@code .safetensors} is dropped
   * @throws ModelFileException if the model cannot be written, or another is writing it
   */
  public static ModelOutput claim(Path stem) throws ModelFileException {
    return claim(new Disk(), stem);
  }

  static ModelOutput claim(Storage storage, Path stem) throws ModelFileException {
    try {
      ModelFiles.Places places = ModelFiles.Places.of(stem);
      ModelOutput output = new ModelOutput(storage, places);
      try {
        output.ending.during(output::begin);
        return output;
      } catch (IOException e) {
        output.close();
        throw e;
      }
    } catch (IOException e) {
      throw ModelFileException.unwritable(ModelFiles.json(stem), e, ModelFileException.MAKE_ROOM);
    }
  }

  private void begin() throws IOException {
    claim = Claim.of(places.json());
    if (!Disk.folder(places.weights()).equals(Disk.folder(places.json()))) {
      Disk.discard(Disk.reserve(places.weights()));
    }
  }

  /** What to do if the process ends before {@link #close}, after the last save. */
  public void whenEnding(Runnable work) {
    farewell = work;
  }

  /** The path that the model was asked for by. */
  public Path stem() {
    return places.stem();
  }

  /**
   * Saves the model, replacing any of its name, and removes what was kept; or leaves everything as
   * it was.
   *
   * @param parameters a tensor for each of the graph's parameters, no more and no fewer
   * @throws ModelFileException if it cannot be written or could not be loaded again
   */
  public void save(Graph graph, Map<String, Tensor> parameters, Map<String, String> metadata)
      throws ModelFileException {
    during(() -> {
      ModelFiles.save(storage, places, graph, parameters, metadata);
      saved = true;
      ModelFiles.Places before = kept;
      if (before != null) {
        Disk.discard(before.json());
        Disk.discard(before.weights());
        kept = null;
      }
    });
  }

  /**
   * Saves the model beside its place; what was kept before is replaced.
   *
   * @param done is told the stem to load it by, while the end of the process still waits
   * @throws ModelFileException as {@link #save}
   */
  public void keep(
      Graph graph,
      Map<String, Tensor> parameters,
      Map<String, String> metadata,
      Consumer<Path> done)
      throws ModelFileException {
    during(() -> {
      ModelFiles.Places before = kept;
      ModelFiles.Places beside = before == null ? places.beside(storage) : before;
      ModelFiles.save(storage, beside, graph, parameters, metadata);
      kept = beside;
      done.accept(beside.stem());
    });
  }

  /** Whether the model is saved. */
  public boolean isSaved() {
    return saved;
  }

  /** What was kept and has not become the model: the stem to load it by. */
  public Optional<Path> kept() {
    return Optional.ofNullable(kept).map(ModelFiles.Places::stem);
  }

  private void during(Ending.Work work) throws ModelFileException {
    try {
      ending.during(work);
    } catch (IOException e) {
      throw ModelFileException.unwritable(places.json(), e, ModelFileException.MAKE_ROOM);
    }
  }

  /** Lets others write the model; what was kept stays. */
  @Override
  public void close() {
    ending.close();
  }

  private void letGo() {
    Claim held = claim;
    claim = null;
    if (held != null) {
      held.close();
    }
  }
}
