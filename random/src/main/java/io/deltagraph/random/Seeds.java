package io.deltagraph.random;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.charset.StandardCharsets;

/**
 * A seed from which any number of named seeds can be derived, each independent of the others.
 *
 * <p>What is drawn for one purpose never shifts what another purpose gets: the shuffle of epoch 7
 * is {@code seeds.derive("shuffle", 7).stream()}, however many epochs, layers or splits drew before
 * it. Values depend on the seed, the names and the position alone, on every JDK.
 *
 * @param key the seed itself, or the 64 bits derived from it
 */
public record Seeds(long key) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Returns the seeds of a run. */
  public static Seeds of(long seed) {
    return new Seeds(seed);
  }

  /** Returns the seeds for the named purpose. */
  public Seeds derive(String name) {
    return derive(name, 0);
  }

  /**
   * Returns the seeds for the numbered instance of the named purpose.
   *
   * @throws IllegalArgumentException for an empty name
   */
  public Seeds derive(String name, long index) {
    checkArgument(!name.isEmpty(), "the name of a derived seed is empty");
    return new Seeds(derived(key, hash(name), index, new long[2]));
  }

  /**
   * Returns the streams of the numbered instances of the named purpose, to be gone through without
   * memory for each.
   *
   * @throws IllegalArgumentException for an empty name
   */
  public NumberedStreams numbered(String name) {
    checkArgument(!name.isEmpty(), "the name of a derived seed is empty");
    return new NumberedStreams(key, hash(name));
  }

  /** The key of an instance; the block is used on the way. */
  static long derived(long key, long name, long index, long[] block) {
    // Streams count in the low half with the high half 0; derivation has the high half to itself.
    Philox.block(key, index, name, block);
    return block[0] ^ block[1];
  }

  /** Returns a new stream at its first value. */
  public RandomStream stream() {
    return new RandomStream(key);
  }

  /** The 64-bit FNV-1a hash of the name's UTF-8 bytes; never 0. */
  private static long hash(String name) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash == 0 ? FNV_OFFSET : hash;
  }
}
