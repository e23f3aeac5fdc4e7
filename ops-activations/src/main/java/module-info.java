import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.graph.Op;
import io.deltagraph.ops.textbook.TextbookRules;
import io.deltagraph.rewrite.RewriteRule;

/** Activation functions, each a plugin of the engine. */
module io.deltagraph.activations {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires transitive io.deltagraph.ops;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.activations;

  provides OnnxForms with
      io.deltagraph.activations.ActivationForms;
  provides Op with
      io.deltagraph.activations.Elu,
      io.deltagraph.activations.Gelu,
      io.deltagraph.activations.Heaviside,
      io.deltagraph.activations.Identity,
      io.deltagraph.activations.LeakyRelu,
      io.deltagraph.activations.Linear,
      io.deltagraph.activations.LogSigmoid,
      io.deltagraph.activations.LogSoftmax,
      io.deltagraph.activations.Logit,
      io.deltagraph.activations.Mish,
      io.deltagraph.activations.Prelu,
      io.deltagraph.activations.Relu,
      io.deltagraph.activations.Selu,
      io.deltagraph.activations.Sigmoid,
      io.deltagraph.activations.Sign,
      io.deltagraph.activations.Silu,
      io.deltagraph.activations.Softmax,
      io.deltagraph.activations.Softplus,
      io.deltagraph.activations.Softsign,
      io.deltagraph.activations.Tanh;
  provides RewriteRule with
      io.deltagraph.activations.LogOfSoftmax;
  provides TextbookRules with
      io.deltagraph.activations.ActivationRules;
}
