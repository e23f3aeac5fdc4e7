package io.deltagraph.training;

/** A checkpoint that cannot be resumed from: it is damaged, or was made with other settings. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  private CheckpointException(String message, String setting) {
    super(message);
    this.setting = setting;
  }

  static CheckpointException changed(String file, String setting, String then, String now) {
    return new CheckpointException(
        file
            + ": this checkpoint was made with another "
            + setting
            + ": "
            + brief(then)
            + ", now "
            + brief(now)
            + ". Resume with what it was made with, or start anew without resuming.",
        setting);
  }

  static CheckpointException damaged(String file, String what) {
    return new CheckpointException(
        file + ": this is no checkpoint that can be resumed from: " + what + ". Start anew.", "");
  }

  private static String brief(String text) {
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }

  /** The name of the setting that differs; empty if the file is damaged. */
  public String setting() {
    return setting;
  }
}
