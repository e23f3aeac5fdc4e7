package io.deltagraph.experiments.spec;

/** What kind of thing the target column holds. */
public enum TargetKind {
  /** One of a few classes. */
  CLASSIFICATION,
  /** A number. */
  REGRESSION
}
