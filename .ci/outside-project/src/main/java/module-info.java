/** A program that trains, checks, saves and predicts. */
module outside {
  requires io.deltagraph.crosscheck;
  requires io.deltagraph.serving;
}
