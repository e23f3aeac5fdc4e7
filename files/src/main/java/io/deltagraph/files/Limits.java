package io.deltagraph.files;

/** What a file may hold; the writers keep to it too, so that whatever is saved can be loaded. */
final class Limits {
  /** Bytes of a graph's JSON; the graph itself takes about half a kilobyte per node. */
  static final int JSON_BYTES = 64 << 20;

  static final int NODES = 200_000;

  /** Nodes with the expansions of composites. */
  static final int EXPANDED_NODES = 1_000_000;

  static final int INPUTS_PER_NODE = 4096;
  static final int OUTPUTS = 4096;
  static final int NAME_LENGTH = 256;
  static final int TYPE_LENGTH = 512;
  static final int ATTRIBUTE_LENGTH = 4096;

  /** Elements of a constant, which is written into the JSON. */
  static final int CONSTANT_ELEMENTS = 65_536;

  static final int METADATA_ENTRIES = 1024;
  static final int METADATA_LENGTH = 1 << 20;

  /** Bytes of a safetensors header. */
  static final int HEADER_BYTES = 4 << 20;

  static final int TENSORS = 4096;

  private Limits() {}
}
