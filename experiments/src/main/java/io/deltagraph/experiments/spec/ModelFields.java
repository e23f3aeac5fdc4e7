package io.deltagraph.experiments.spec;

import static io.deltagraph.experiments.spec.SpecField.defaulted;
import static io.deltagraph.experiments.spec.SpecField.optional;
import static io.deltagraph.experiments.spec.SpecField.required;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.models.Normalisation;
import java.util.List;

/** The fields of a spec that say what is trained, towards what, and by which rule. */
final class ModelFields {
  static final ImmutableMap<String, ModelSpec.Parametrisation> PARAMETRISATIONS =
      ImmutableMap.of(
          "full", ModelSpec.Parametrisation.FULL, "reduced", ModelSpec.Parametrisation.REDUCED);
  static final ImmutableMap<String, Normalisation> NORMALISATIONS =
      ImmutableMap.of(
          "none", Normalisation.NONE, "batch", Normalisation.BATCH, "layer", Normalisation.LAYER);
  static final ImmutableMap<String, Family> FAMILIES =
      ImmutableMap.of(
          "linear", Family.LINEAR,
          "logistic", Family.LOGISTIC,
          "softmax", Family.SOFTMAX,
          "mlp", Family.MLP,
          "perceptron", Family.PERCEPTRON);
  private static final int MOST_LAYERS = 64;
  private static final int WIDEST = 65_536;
  private static final int HIGHEST_DEGREE = 20;

  /** The families of models. */
  enum Family {
    LINEAR,
    LOGISTIC,
    SOFTMAX,
    MLP,
    PERCEPTRON
  }

  private ModelFields() {}

  static final SpecField<JsonCursor> MODEL =
      required(
          "model",
          FieldKind.group("an object with a family"),
          "an object that says which model to train",
          "{ \"family\": \"linear\" }",
          "Which model to train.");

  static final SpecField<Family> FAMILY =
      required(
          "model.family",
          FieldKind.oneOf(FAMILIES),
          "the name of a model family",
          "\"mlp\"",
          "Linear regression, logistic regression, softmax regression, a multilayer perceptron, or"
              + " a single neuron by the perceptron's own rule.");

  static final SpecField<ModelSpec.Parametrisation> PARAMETRISATION =
      defaulted(
              "model.parametrisation",
              FieldKind.oneOf(PARAMETRISATIONS),
              "\"full\"",
              "\"reduced\"",
              "Whether softmax regression has a vector of weights for each class, or for all but"
                  + " the last, whose weights are 0.")
          .of("softmax");

  static final SpecField<Integer> DEGREE =
      defaulted(
              "model.degree",
              FieldKind.count(1, HIGHEST_DEGREE),
              "1",
              "2",
              "Up to which degree products of features are features too; 1 for none.")
          .of("linear", "logistic", "softmax");

  static final SpecField<List<JsonCursor>> LAYERS =
      required(
              "model.layers",
              FieldKind.list(1, MOST_LAYERS, "layers"),
              "a list of layers, the last being the output layer",
              "[{ \"units\": 16, \"activation\": \"tanh\" },"
                  + " { \"units\": 3, \"activation\": \"softmax\" }]",
              "The layers, from the first hidden one to the output layer.")
          .of("mlp");

  static final SpecField<Integer> UNITS =
      required(
              "model.layers[].units",
              FieldKind.count(1, WIDEST),
              "the width of the layer",
              "16",
              "How many neurons the layer has. The last layer has one for each class, or one for a"
                  + " number; for two classes one is enough.")
          .of("mlp");

  static final SpecField<Choice> ACTIVATION =
      required(
              "model.layers[].activation",
              FieldKind.choice("an activation", ImmutableList.of()),
              "the name of an activation",
              "{ \"name\": \"leaky_relu\", \"alpha\": 0.1 }",
              "What the layer's sums go through: any op of one input, also a plugin's.")
          .of("mlp");

  static final SpecField<Normalisation> NORMALISATION =
      defaulted(
              "model.layers[].normalisation",
              FieldKind.oneOf(NORMALISATIONS),
              "\"none\"",
              "\"batch\"",
              "Whether the layer's sums get mean 0 and variance 1 before its activation: each"
                  + " feature over a batch, by running statistics when the model predicts, or"
                  + " each row over its features. Not for the last layer.")
          .of("mlp");

  static final SpecField<Double> DROPOUT =
      defaulted(
              "model.layers[].dropout",
              FieldKind.share(),
              "0.0",
              "0.2",
              "Which share of the layer's activations is dropped at random in each step of"
                  + " training. Not for the last layer.")
          .of("mlp");

  static final SpecField<Double> PERCEPTRON_RATE =
      defaulted(
              "model.learningRate",
              FieldKind.above0(),
              "1.0",
              "0.5",
              "The factor of each correction by the perceptron's rule.")
          .of("perceptron");

  static final SpecField<Choice> INITIALISER =
      optional(
          "model.initialiser",
          FieldKind.choice("an initialiser", ImmutableList.of()),
          "'glorot' for mlp, 'zeros' for the others",
          "{ \"name\": \"uniform\", \"epsilon\": 0.1 }",
          "How weights start: 'zeros', 'normal_fan_in', 'glorot', 'he', or 'uniform' with"
              + " 'epsilon', or with 'low' and 'high'.");

  static final SpecField<Choice> LOSS =
      required(
              "loss",
              FieldKind.choice("a loss", ImmutableList.of("l1", "l2", "classWeights")),
              "the name of a loss",
              "{ \"name\": \"huber\", \"delta\": 2, \"l2\": 0.001 }",
              "What is made small.")
          .of("linear", "logistic", "softmax", "mlp");

  static final SpecField<Double> L1 =
      defaulted(
          "loss.l1",
          FieldKind.atLeast0(),
          "0.0",
          "0.001",
          "The factor of the penalty on the sum of the sizes of the weights.");

  static final SpecField<Double> L2 =
      defaulted(
          "loss.l2",
          FieldKind.atLeast0(),
          "0.0",
          "0.001",
          "The factor of the penalty on the sum of the squares of the weights.");

  static final SpecField<LossSpec.Weighting> CLASS_WEIGHTS =
      optional(
          "loss.classWeights",
          FieldKind.wordOrNumbers(
              "balanced",
              new LossSpec.Weighting.Balanced(),
              LossSpec.Weighting.Given::new,
              "'balanced' or an object with numbers by the names of classes, not below 0"),
          "all rows count the same",
          "{ \"ill\": 5 }",
          "How much a row counts in the loss, by its class: so many times, and once where a class is"
              + " not named; 'balanced' is n / (K n_k) for n training rows of K classes, n_k of"
              + " them of class k, so that rare classes count as much as frequent ones. A mean is"
              + " still divided by the number of rows, and scores count every row once.");

  static final SpecField<Choice> OPTIMIZER =
      required(
              "optimizer",
              FieldKind.choice(
                  "an optimizer", ImmutableList.of("learningRate", "schedule", "clipping")),
              "an object that names an optimizer",
              "{ \"name\": \"adam\", \"learningRate\": 0.001 }",
              "How it is made small: the name of an optimizer, its learning rate and its options.")
          .of("linear", "logistic", "softmax", "mlp");

  static final SpecField<Double> LEARNING_RATE =
      required(
          "optimizer.learningRate",
          FieldKind.above0(),
          "a number above 0",
          "0.001",
          "The factor of a step, at the start.");

  static final SpecField<Choice> SCHEDULE =
      optional(
          "optimizer.schedule",
          FieldKind.choice("a schedule", ImmutableList.of()),
          "the learning rate stays",
          "{ \"name\": \"cosine\", \"steps\": 1000, \"warmUp\": 50 }",
          "How the learning rate changes from step to step.");

  static final SpecField<JsonCursor> CLIPPING =
      optional(
          "optimizer.clipping",
          FieldKind.group("an object"),
          "gradients stay",
          "{ \"globalNorm\": 1 }",
          "How large gradients are cut: by value or by global norm, one of the two.");

  static final SpecField<Double> CLIP_VALUE =
      optional(
          "optimizer.clipping.value",
          FieldKind.above0(),
          "not by value",
          "0.5",
          "Every number of a gradient is cut to between this and its negative.");

  static final SpecField<Double> CLIP_NORM =
      optional(
          "optimizer.clipping.globalNorm",
          FieldKind.above0(),
          "not by norm",
          "1",
          "All gradients together are shortened to this length where they are longer.");
}
