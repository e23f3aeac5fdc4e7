import module io.deltagraph.serving;
import module io.deltagraph.training;

/** Pixels or classes of one file. */
Tensor read(Path folder, String name, DType dtype) throws IOException {
  return IdxFile.read(folder.resolve(name), dtype);
}

/** A row of 784 pixels for each image. */
Tensor images(Path folder, String name) throws IOException {
  Tensor images = read(folder, name, DType.F32);
  return images.reshape(images.size(0), images.length() / images.size(0));
}

/** Trains 784-256-10 on the 60,000 images of a folder, and scores the 10,000 others. */
void main(String[] arguments) throws IOException {
  Path folder = Path.of(arguments[0]);
  ModelBuilder net = Model.builder(1);
  Value pixels = net.input("X", 784).times(1 / 255.0);
  Value hidden = net.dropout(net.dense(pixels, 256, "relu"), 0.2);
  Value logits = net.dense(hidden, 10);
  Value loss = logits.op("sparse_softmax_cross_entropy", net.classTarget("T"));
  Model model = net.minimising(loss, logits);

  Samples training =
      new Samples(
          images(folder, "train-images-idx3-ubyte.gz"),
          read(folder, "train-labels-idx1-ubyte.gz", DType.I32));
  TrainingResult result =
      Trainer.of(model)
          .optimizer(new Adam(0.001))
          .epochs(Integer.parseInt(arguments[1]))
          .batch(128)
          .fit(training);

  Tensor scored = result.trained().predict(images(folder, "t10k-images-idx3-ubyte.gz"));
  Tensor classes = read(folder, "t10k-labels-idx1-ubyte.gz", DType.I32);
  int right = 0;
  for (int row = 0; row < classes.length(); row++) {
    int best = 0;
    for (int k = 1; k < 10; k++) {
      best = scored.at(row, k) > scored.at(row, best) ? k : best;
    }
    right += best == (int) classes.get(row) ? 1 : 0;
  }
  IO.println("loss %.4f, accuracy %.4f".formatted(result.loss(), right / 10_000.0));
}
