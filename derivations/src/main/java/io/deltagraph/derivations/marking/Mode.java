package io.deltagraph.derivations.marking;

import io.deltagraph.check.Ratio;
import io.deltagraph.derivations.language.Expression.Name;
import java.util.Optional;

/** How reductions differ: everything by one factor, or deltas alone. */
record Mode(Optional<Ratio> factor, boolean deltasAlone) {
  static final Mode OWN = new Mode(Optional.empty(), false);

  Optional<Ratio> of(Name name) {
    boolean applies =
        KnownNames.isReduced(name)
            && (!deltasAlone || (name.isGradient() && !KnownNames.isParameterGradient(name)));
    return applies ? factor : Optional.empty();
  }
}
