package io.deltagraph.graph;

/** The attributes of an op that has none. */
public record NoAttributes() {
  /** The one value. */
  public static final NoAttributes NONE = new NoAttributes();
}
