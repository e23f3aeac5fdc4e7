package io.deltagraph.onnx.write;

import io.deltagraph.onnx.OnnxException;
import io.deltagraph.onnx.verify.OnnxRuntime;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.util.Map;

/** How far two tensors lie apart: never by bits, and near 0 never by ratio. */
final class Agreement {
  private Agreement() {}

  /** What ONNX Runtime makes of tensors; inputs that the file does not have are left out. */
  static Map<String, Object> run(byte[] file, Map<String, ?> feeds) throws OnnxException {
    try (OnnxRuntime runtime = new OnnxRuntime(Agreement.class.getClassLoader(), file)) {
      return runtime.run(feeds);
    }
  }

  static double bound(DType dtype) {
    return switch (dtype) {
      case F64 -> 1e-13;
      case F32 -> 1e-6;
      case I64, I32, BOOL -> 0;
    };
  }

  /** The largest difference, in units of what is larger than 1; infinite for other types. */
  static double gap(Tensor ours, Object given) {
    if (!(given instanceof Tensor theirs) || !ours.type().equals(theirs.type())) {
      return Double.POSITIVE_INFINITY;
    }
    double gap = 0;
    for (int i = 0; i < ours.length(); i++) {
      double a = ours.get(i);
      double b = theirs.get(i);
      if (Double.compare(a, b) != 0 && a != b) {
        double size = Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
        double apart = Math.abs(a - b) / size;
        gap = Math.max(gap, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
      }
    }
    return gap;
  }
}
