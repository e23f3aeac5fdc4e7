package io.deltagraph.derivations.marking;

import io.deltagraph.check.Cause;
import io.deltagraph.check.Slip;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Transpose;
import io.deltagraph.derivations.marking.Trees.Spot;
import java.util.ArrayList;
import java.util.List;

/** Changes of operands. */
final class OperandRepairs {
  private OperandRepairs() {}

  /** Changes of operands, of which there are many. */
  static List<Repair> of(Expression root, KnownNames names) {
    List<Repair> all = new ArrayList<>();
    List<Spot> spots = Trees.spots(root);
    for (Spot spot : spots) {
      if (!(spot.node() instanceof Name name)) {
        continue;
      }
      Name written = names.canonical(name);
      for (Name right : names.all()) {
        boolean same = right.base().equals(written.base()) && right.of() == written.of();
        boolean through = right.isGradient() && right.base().equals("A");
        if (!same && !through && !right.equals(written)) {
          Cause cause = new Slip.WrongOperand(KnownNames.label(written), KnownNames.label(right));
          Repairs.add(all, cause, spot.put().apply(right));
          Repairs.add(all, cause, Trees.mapped(root, part -> part.equals(name) ? right : part));
        }
      }
    }
    for (Spot spot : spots) {
      for (Name missing : names.all()) {
        inserted(spot, missing, all);
      }
    }
    return all;
  }

  private static void inserted(Spot spot, Name missing, List<Repair> all) {
    Cause cause = new Slip.MissingOperand(KnownNames.label(missing), Repairs.text(spot.node()));
    Expression node = spot.node();
    Expression turned = new Transpose(missing);
    for (Expression with :
        List.of(
            Trees.join(Operator.PLUS, node, missing),
            Trees.join(Operator.MINUS, node, missing),
            Trees.join(Operator.PRODUCT, node, missing),
            Trees.join(Operator.PRODUCT, node, turned),
            Trees.join(Operator.PRODUCT, missing, node),
            Trees.join(Operator.PRODUCT, turned, node),
            Trees.join(Operator.PRODUCT, new Transpose(node), missing),
            Trees.join(Operator.ENTRYWISE, node, missing))) {
      Repairs.add(all, cause, spot.put().apply(with));
    }
  }
}
