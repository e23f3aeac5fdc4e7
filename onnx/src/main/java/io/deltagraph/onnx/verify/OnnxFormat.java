package io.deltagraph.onnx.verify;

import io.deltagraph.data.CsvTable;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.Opset;
import io.deltagraph.onnx.read.OnnxImport;
import io.deltagraph.onnx.read.OnnxModel;
import io.deltagraph.onnx.write.OnnxExport;
import io.deltagraph.onnx.write.OnnxFile;
import io.deltagraph.serving.ExchangeFormat;
import io.deltagraph.serving.SavedModel;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** ONNX, for the command line. */
public final class OnnxFormat implements ExchangeFormat {
  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public Exported export(SavedModel model, OptionalInt version) throws IOException {
    Opset opset = version.isPresent() ? asked(version.getAsInt()) : Opset.USUAL;
    return new File(model, OnnxExport.of(model, opset), opset);
  }

  @Override
  public Imported read(Path file, String name, OpLookup ops) throws IOException {
    OnnxModel model = OnnxImport.with(ops).read(file);
    OnnxModel.Origin origin = model.origin();
    return new Imported(
        (origin.producer() + " " + origin.producerVersion()).strip(),
        origin.opset(),
        origin.operators(),
        model.graph(),
        model.parameters(),
        model.leftOut(),
        model.saved(name));
  }

  private static Opset asked(int version) throws OnnxException {
    try {
      return new Opset(version);
    } catch (IllegalArgumentException e) {
      throw new OnnxException(
          "--opset",
          Integer.toString(version),
          "a version from " + Opset.OLDEST + " to " + Opset.NEWEST,
          "correct the option");
    }
  }

  private record File(SavedModel model, OnnxFile file, Opset opset) implements Exported {
    @Override
    public int version() {
      return opset.version();
    }

    @Override
    public int nodes() {
      return file.nodes();
    }

    @Override
    public List<String> inputs() {
      return file.inputs();
    }

    @Override
    public List<String> outputs() {
      return file.outputs();
    }

    @Override
    public void save(Path path) throws IOException {
      file.save(path);
    }

    @Override
    public List<Compared> compare(Optional<Path> program, Optional<CsvTable> table, long seed)
        throws IOException {
      RuntimeComparison comparison = new RuntimeComparison(model, file);
      if (program.isEmpty()) {
        return comparison.compare(OnnxFormat.class.getClassLoader(), table, seed);
      }
      if (!Files.isRegularFile(program.get())) {
        throw new OnnxException(
            program.get().toString(), "no such file", "the jar of ONNX Runtime", "check the path");
      }
      URL[] jar = {program.get().toUri().toURL()};
      try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
        return comparison.compare(loader, table, seed);
      }
    }
  }
}
