/** Ops made outside the Deltagraph project. */
module com.acme.ops {
  requires io.deltagraph.engine;

  provides io.deltagraph.graph.Op with
      com.acme.ops.DirectionAndLength,
      com.acme.ops.Flip,
      com.acme.ops.LeakySum,
      com.acme.ops.LogCosh,
      com.acme.ops.RootMeanSquare,
      com.acme.ops.RowDot,
      com.acme.ops.Snake,
      com.acme.ops.Swish;
}
