package io.deltagraph.runtime;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.backend.StoredValue;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.Map;

/** The inputs of a plan, which are set before a run and stay until they are set again. */
final class Inputs {
  private final ImmutableMap<String, Integer> numbers;
  private final String[] names;
  private final StoredValue[] values;
  private int changes;

  Inputs(Map<String, StoredValue> stored) {
    names = stored.keySet().toArray(new String[0]);
    values = stored.values().toArray(new StoredValue[0]);
    ImmutableMap.Builder<String, Integer> counted = ImmutableMap.builder();
    for (int i = 0; i < names.length; i++) {
      counted.put(names[i], i);
    }
    numbers = counted.buildOrThrow();
  }

  /** The numbers of the inputs, by name. */
  ImmutableMap<String, Integer> numbers() {
    return numbers;
  }

  TensorType type(int number) {
    return values[number].type();
  }

  /** Whether there is a tensor for each input, of its type. */
  boolean accept(Map<String, Tensor> feeds) {
    for (int i = 0; i < names.length; i++) {
      Tensor tensor = feeds.get(names[i]);
      if (tensor == null || !tensor.type().equals(values[i].type())) {
        return false;
      }
    }
    return true;
  }

  /** Sets all inputs. */
  void set(Map<String, Tensor> feeds) {
    for (int i = 0; i < names.length; i++) {
      Tensor tensor = feeds.get(names[i]);
      if (tensor == null) {
        throw new IllegalStateException("No value for the input " + names[i] + ".");
      }
      set(i, tensor);
    }
  }

  /** Sets an input, to a tensor of its type. */
  void set(int number, Tensor tensor) {
    values[number].set(tensor);
    changes++;
  }

  /** Sets an input to rows of a tensor, which fit. */
  void setRows(int number, Tensor tensor, int[] rows, int from) {
    values[number].setRows(tensor, rows, from);
    changes++;
  }

  /** Sets one row of an input, which fits. */
  void setRow(int number, int row, double[] values) {
    this.values[number].setRow(row, values);
    changes++;
  }

  /** Sets one element of an input. */
  void setElement(int number, int position, double value) {
    values[number].set(position, value);
    changes++;
  }

  /** How often an input was set. */
  int changes() {
    return changes;
  }
}
