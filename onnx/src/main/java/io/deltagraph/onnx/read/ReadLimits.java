package io.deltagraph.onnx.read;

/** What a file may hold, checked before memory is taken for it. */
final class ReadLimits {
  /** Protobuf's own: a message has fewer than 2 GiB. */
  static final int BYTES = Integer.MAX_VALUE - 8;

  /** Messages within messages. */
  static final int DEPTH = 32;

  /** Messages, texts and unknown fields together: each takes memory beyond its bytes. */
  static final int PARTS = 1 << 22;

  /** Bytes of whole numbers of varying length, each of which may become 8 times as many. */
  static final int PACKED_BYTES = 1 << 26;

  static final int NODES = 200_000;

  /** Inputs, outputs and attributes of one node. */
  static final int PER_NODE = 4_096;

  static final int NAME_LENGTH = 1_024;

  /** Elements of one tensor. */
  static final int ELEMENTS = Integer.MAX_VALUE - 8;

  /** Elements of constants that reading makes: masks, positions, what is padded or repeated. */
  static final int MADE_ELEMENTS = 1 << 22;

  /** Elements of what noted ops give, of each the known sizes: so much is made to look at them. */
  static final long NOTED_ELEMENTS = 1 << 26;

  /** WholeNumbers that are known while a file is read: sizes, axes, positions. */
  static final int NUMBERS = 4_096;

  /** How often a setting is computed from constants, each time as a graph of its own. */
  static final int COMPUTED = 1_000;

  private ReadLimits() {}
}
