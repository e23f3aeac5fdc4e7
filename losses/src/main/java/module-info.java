import io.deltagraph.graph.Op;
import io.deltagraph.ops.textbook.TextbookRules;

/** Losses and penalties, each a plugin of the engine that states its reduction. */
module io.deltagraph.losses {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires io.deltagraph.activations;
  requires transitive io.deltagraph.ops;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.losses;

  provides Op with
      io.deltagraph.losses.BinaryCrossEntropy,
      io.deltagraph.losses.BinaryCrossEntropyWithLogits,
      io.deltagraph.losses.CategoricalCrossEntropy,
      io.deltagraph.losses.ElementwiseCrossEntropy,
      io.deltagraph.losses.HalfSquaredError,
      io.deltagraph.losses.Hinge,
      io.deltagraph.losses.Huber,
      io.deltagraph.losses.KlDivergence,
      io.deltagraph.losses.L1Penalty,
      io.deltagraph.losses.L2Penalty,
      io.deltagraph.losses.MeanAbsoluteError,
      io.deltagraph.losses.MeanSquaredError,
      io.deltagraph.losses.NegativeLogLikelihood,
      io.deltagraph.losses.SoftmaxCrossEntropy,
      io.deltagraph.losses.SparseSoftmaxCrossEntropy,
      io.deltagraph.losses.SquaredDistance,
      io.deltagraph.losses.Supremum;
  provides TextbookRules with
      io.deltagraph.losses.LossRules;
}
