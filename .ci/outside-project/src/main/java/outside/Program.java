package outside;

import module io.deltagraph.crosscheck;
import module io.deltagraph.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** From a table to a model on disk, and from there to a prediction. */
public final class Program {
  private static final String TABLE =
      """
      size,colour,kind
      1.0,red,apple
      1.2,green,apple
      0.9,red,apple
      3.1,green,melon
      3.4,green,melon
      2.9,yellow,melon
      """;

  private Program() {}

  /** The first argument is where the model goes. */
  public static void main(String[] arguments) throws IOException {
    CsvTable table =
        CsvTable.parse("fruit", TABLE.getBytes(StandardCharsets.UTF_8), CsvLimits.DEFAULT);
    Preparation preparation = Preparation.forClasses(table, "kind");
    Samples samples = new Samples(preparation.inputs(table), preparation.targets(table));
    ModelBuilder net = Model.builder(1);
    Value logits = net.dense(net.dense(net.input("X", preparation.width()), 4, "tanh"), 2);
    Value loss = logits.op("sparse_softmax_cross_entropy", net.classTarget("T"));
    Model model = net.minimising(loss, logits.op("softmax"));
    TrainingResult result = Trainer.of(model).optimizer(new Adam(0.05)).epochs(200).fit(samples);
    Path stem = Path.of(arguments[0]);
    SavedModel.of("fruit", preparation, result.trained()).save(stem);
    Predictor loaded = Predictor.load(stem, OpRegistry.load());
    System.out.println(
        (Program.class.getModule().isNamed() ? "module path: " : "class path: ")
            + "gradients "
            + GradientCheck.of(model, samples).verdict()
            + ", "
            + loaded.predict(Map.of("size", 3.0, "colour", "green")));
  }
}
