package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;

/** The types of an op's inputs, as its shape rule sees them. */
public record InputTypes(List<TensorType> all) {
  public InputTypes {
    all = ImmutableList.copyOf(all);
  }

  /** The type of the input at a position. */
  public TensorType get(int index) {
    return all.get(index);
  }

  /** The number of inputs. */
  public int size() {
    return all.size();
  }

  /** The shape that all inputs broadcast to; refuses if there is none. */
  public Shape broadcast() {
    Shape result = Shape.scalar();
    for (TensorType type : all) {
      Shape sofar = result;
      result =
          sofar
              .broadcast(type.shape())
              .orElseThrow(() ->
                  refuse(
                      "the shapes "
                          + sofar
                          + " and "
                          + type.shape()
                          + " do not broadcast: from the last axis on, sizes are equal or one is 1"));
    }
    return result;
  }

  /** The axis of input {@code input} counted from 0; refuses if there is none. */
  public int axis(int input, int axis) {
    int rank = get(input).rank();
    int normal = axis < 0 ? axis + rank : axis;
    if (normal < 0 || normal >= rank) {
      throw refuse("there is no axis " + axis + " in " + get(input).shape());
    }
    return normal;
  }

  /** Throws {@link #refuse} with {@code why} unless {@code holds}. */
  public void require(boolean holds, String why) {
    if (!holds) {
      throw refuse(why);
    }
  }

  /**
   * What a shape rule throws: the engine adds op, types, names, source line and provider to the
   * reason, which is the end of a sentence such as "the inner dimensions are 3 and 1".
   */
  public Refusal refuse(String why) {
    return new Refusal(why);
  }

  /** The reason why a shape rule refuses its inputs. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String why) {
      super(why, null, false, false);
    }
  }
}
