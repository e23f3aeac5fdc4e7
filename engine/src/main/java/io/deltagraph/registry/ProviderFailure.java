package io.deltagraph.registry;

import com.google.common.base.Ascii;
import io.deltagraph.graph.OpId;

/**
 * A provider that was left out.
 *
 * @param op the name of its op, or an empty string where it did not get as far as telling it
 * @param provenance its class, jar or module and version, as far as they are known
 * @param reason what is wrong and what to do, in sentences
 */
public record ProviderFailure(String op, Provenance provenance, String reason) {

  /** Whether it may have provided that op: by its name, its class's name or its jar's name. */
  boolean mayProvide(OpId id) {
    String wanted = id.name();
    int colon = wanted.indexOf(':');
    String bare = wanted.substring(colon + 1).replace("_", "");
    String type = Ascii.toLowerCase(provenance.className().replaceAll(".*[.$]", ""));
    return op.equals(wanted)
        || (op.isEmpty() && type.equals(bare))
        || (op.isEmpty() && colon > 0 && provenance.source().contains(wanted.substring(0, colon)));
  }

  /** Who, which op, and why. */
  @Override
  public String toString() {
    return provenance + ": " + (op.isEmpty() ? "" : "'" + op + "': ") + reason;
  }
}
