package io.deltagraph.spark;

import io.deltagraph.training.CheckpointStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A checkpoint in any file system that Hadoop knows. */
final class HadoopStore implements CheckpointStore {
  private final Path file;
  private final Configuration configuration;

  /**
   * A checkpoint at a place.
   *
   * @throws UncheckedIOException if there is no such file system: before training, not after it
   */
  HadoopStore(String uri, Configuration configuration) {
    this.file = new Path(uri);
    this.configuration = configuration;
    try {
      files();
    } catch (IOException e) {
      throw new UncheckedIOException(uri + ": " + e.getMessage(), e);
    }
  }

  private FileContext files() throws IOException {
    return FileContext.getFileContext(file.toUri(), configuration);
  }

  @Override
  public boolean exists() throws IOException {
    return files().util().exists(file);
  }

  @Override
  public void read(java.nio.file.Path to) throws IOException {
    try (InputStream in = files().open(file)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void write(java.nio.file.Path from) throws IOException {
    FileContext files = files();
    Path written = file.suffix(".new");
    try (OutputStream out =
        files.create(
            written,
            EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE),
            Options.CreateOpts.createParent())) {
      Files.copy(from, out);
    }
    files.rename(written, file, Options.Rename.OVERWRITE);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
