package io.deltagraph.report.lecture;

import io.deltagraph.graph.OpLookup;
import io.deltagraph.report.page.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The pages of the lecture, in the order in which they are best read. */
public enum Lecture {
  /** A line between two classes. */
  PERCEPTRON(
      "perceptron", "a line moves over two classes of points until it parts them, or for ever"),
  /** Downhill in one dimension. */
  GRADIENT_DESCENT(
      "gradient-descent",
      "many starts go downhill at once, at a rate too small, right and too large"),
  /** A deep net that draws a curve. */
  SEVEN_LAYERS("seven-layers", "a net of seven layers learns to draw a curve"),
  /** What a line cannot part. */
  XOR("xor", "exclusive or, which no line can part, with a hidden layer and without"),
  /** Neurons that no longer learn. */
  SATURATION("saturation", "weights drawn from [0, 1] leave neurons stuck, smaller ones do not"),
  /** Neurons that stay the same. */
  ZERO_INIT("zero-init", "neurons that start equal stay equal, however long they learn"),
  /** How far to step. */
  LEARNING_RATES("learning-rates", "the same net from the same start at four rates"),
  /** How many rows make a step. */
  BATCH_SIZES("batch-sizes", "a step for each row, for ten rows, and for all of them"),
  /** Learning by heart. */
  OVERFITTING("overfitting", "the loss on new points rises while that on known ones still falls"),
  /** Few outputs against many. */
  BINARY_CODE(
      "binary-code", "ten digits on four outputs, as a number in binary, against one output each"),
  /** A net that learns in the browser. */
  PLAYGROUND("playground", "a small net in the page itself: you choose its data, layers and rate");

  private final String id;
  private final String sentence;

  Lecture(String id, String sentence) {
    this.id = id;
    this.sentence = sentence;
  }

  /** The name by which it is asked for. */
  public String id() {
    return id;
  }

  /** What it shows, in half a sentence. */
  public String sentence() {
    return sentence;
  }

  /** Trains what the page shows, and makes the page. */
  public Page page(OpLookup ops) {
    return switch (this) {
      case PERCEPTRON -> PerceptronPage.page(ops);
      case GRADIENT_DESCENT -> GradientDescentPage.page(ops);
      case SEVEN_LAYERS -> SevenLayersPage.page(ops);
      case XOR -> ExclusiveOrPage.page(ops);
      case SATURATION -> SaturationPage.page(ops);
      case ZERO_INIT -> EqualStartPage.page(ops);
      case LEARNING_RATES -> LearningRatesPage.page(ops);
      case BATCH_SIZES -> BatchSizesPage.page(ops);
      case OVERFITTING -> OverfittingPage.page(ops);
      case BINARY_CODE -> BinaryCodePage.page(ops);
      case PLAYGROUND -> PlaygroundPage.page();
    };
  }

  /** The page of that name. */
  public static Optional<Lecture> of(String id) {
    return Arrays.stream(values()).filter(page -> page.id.equals(id)).findFirst();
  }

  /** The names of all pages. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Lecture::id).toList();
  }
}
