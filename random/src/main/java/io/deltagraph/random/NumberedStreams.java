package io.deltagraph.random;

/**
 * The streams of the numbered instances of a purpose, one at a time, in one stream that is set to
 * each in turn: what needs one again and again takes no memory for each. Made by {@link
 * Seeds#numbered}; mutable and for one thread.
 */
public final class NumberedStreams {
  private final long key;
  private final long name;
  private final long[] block = new long[2];
  private final RandomStream stream = new RandomStream(0);

  NumberedStreams(long key, long name) {
    this.key = key;
    this.name = name;
  }

  /**
   * The stream of an instance at its first value, the same as {@link Seeds#derive(String, long)}
   * gives. What it drew for the instance before is no longer to be had.
   */
  public RandomStream at(long index) {
    stream.restart(Seeds.derived(key, name, index, block));
    return stream;
  }
}
