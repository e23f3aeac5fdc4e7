import io.deltagraph.exchange.OnnxForms;
import io.deltagraph.graph.Op;
import io.deltagraph.ops.textbook.TextbookRules;
import io.deltagraph.rewrite.RewriteRule;

/**
 * The core ops: arithmetic, linear algebra, reductions and shape ops, each a plugin of the engine.
 */
module io.deltagraph.ops {
  requires com.google.common;
  requires transitive io.deltagraph.engine;
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;

  exports io.deltagraph.ops;
  exports io.deltagraph.ops.textbook;

  uses TextbookRules;

  provides OnnxForms with
      io.deltagraph.ops.CoreForms;
  provides Op with
      io.deltagraph.ops.Abs,
      io.deltagraph.ops.Add,
      io.deltagraph.ops.AddAlongAxis,
      io.deltagraph.ops.ArgMax,
      io.deltagraph.ops.ArgMin,
      io.deltagraph.ops.ArgSort,
      io.deltagraph.ops.BroadcastTo,
      io.deltagraph.ops.Cast,
      io.deltagraph.ops.Clip,
      io.deltagraph.ops.Concat,
      io.deltagraph.ops.Cos,
      io.deltagraph.ops.CumSum,
      io.deltagraph.ops.Divide,
      io.deltagraph.ops.Einsum,
      io.deltagraph.ops.ElementCount,
      io.deltagraph.ops.Equal,
      io.deltagraph.ops.Erf,
      io.deltagraph.ops.Exp,
      io.deltagraph.ops.Expm1,
      io.deltagraph.ops.Flatten,
      io.deltagraph.ops.Floor,
      io.deltagraph.ops.Gather,
      io.deltagraph.ops.Greater,
      io.deltagraph.ops.GreaterEqual,
      io.deltagraph.ops.Hadamard,
      io.deltagraph.ops.IsNan,
      io.deltagraph.ops.Less,
      io.deltagraph.ops.LessEqual,
      io.deltagraph.ops.Log,
      io.deltagraph.ops.Log1p,
      io.deltagraph.ops.LogSumExp,
      io.deltagraph.ops.LogicalAnd,
      io.deltagraph.ops.LogicalNot,
      io.deltagraph.ops.LogicalOr,
      io.deltagraph.ops.MatMul,
      io.deltagraph.ops.Max,
      io.deltagraph.ops.Maximum,
      io.deltagraph.ops.Mean,
      io.deltagraph.ops.MeanAndVariance,
      io.deltagraph.ops.Min,
      io.deltagraph.ops.Minimum,
      io.deltagraph.ops.Negate,
      io.deltagraph.ops.Norm1,
      io.deltagraph.ops.Norm2,
      io.deltagraph.ops.NotEqual,
      io.deltagraph.ops.OneHot,
      io.deltagraph.ops.Pad,
      io.deltagraph.ops.Permute,
      io.deltagraph.ops.Pow,
      io.deltagraph.ops.Prod,
      io.deltagraph.ops.ProductOfOthers,
      io.deltagraph.ops.RandomUniform,
      io.deltagraph.ops.Reciprocal,
      io.deltagraph.ops.Reshape,
      io.deltagraph.ops.ScatterAdd,
      io.deltagraph.ops.Sin,
      io.deltagraph.ops.Slice,
      io.deltagraph.ops.Sort,
      io.deltagraph.ops.SortWithOrder,
      io.deltagraph.ops.Sqrt,
      io.deltagraph.ops.Square,
      io.deltagraph.ops.Squeeze,
      io.deltagraph.ops.Stack,
      io.deltagraph.ops.StopGradient,
      io.deltagraph.ops.Subtract,
      io.deltagraph.ops.Sum,
      io.deltagraph.ops.TakeAlongAxis,
      io.deltagraph.ops.TopK,
      io.deltagraph.ops.Transpose,
      io.deltagraph.ops.Unsqueeze,
      io.deltagraph.ops.Variance,
      io.deltagraph.ops.Where;
  provides RewriteRule with
      io.deltagraph.ops.DoubleNegation,
      io.deltagraph.ops.DoubleTranspose,
      io.deltagraph.ops.TimesOne;
  provides TextbookRules with
      io.deltagraph.ops.textbook.CoreRules;
}
