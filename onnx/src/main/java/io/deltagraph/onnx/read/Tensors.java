package io.deltagraph.onnx.read;

import com.google.protobuf.ByteString;
import io.deltagraph.onnx.ElementTypes;
import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/** Tensors of a file: what they state of themselves is compared with what they hold. */
final class Tensors {
  private Tensors() {}

  /** Reads a tensor that stands at that place. */
  static Tensor read(TensorProto proto, FilePlace place) {
    if (proto.getDataLocation() != TensorProto.DataLocation.DEFAULT
        || proto.getExternalDataCount() > 0) {
      throw place.refuse(
          "data in another file",
          "all of it in this one",
          "export the model without external data");
    }
    if (proto.hasSegment()) {
      throw place.refuse("a segment of a tensor", "all of it", FilePlace.AGAIN);
    }
    TensorType type = type(proto, place);
    int held = held(proto, type.dtype(), place);
    int stated = type.shape().elements();
    if (held != stated) {
      throw place.refuse(
          held + " elements",
          stated + ", the product of the sizes " + type.shape(),
          FilePlace.COPY);
    }
    return proto.getRawData().isEmpty() ? listed(proto, type) : raw(proto.getRawData(), type);
  }

  private static TensorType type(TensorProto proto, FilePlace place) {
    DType dtype = dtype(proto.getDataType(), place);
    return new TensorType(dtype, shape(proto.getDimsList(), place));
  }

  /** The engine's type of that number in ONNX. */
  static DType dtype(int number, FilePlace place) {
    return ElementTypes.dtype(number)
        .orElseThrow(() ->
            place.refuse(
                "elements of type " + ElementTypes.text(number),
                "FLOAT, DOUBLE, INT64, INT32 or BOOL",
                "cast them before the export"));
  }

  /** Known sizes, few enough for an array. */
  static Shape shape(List<Long> sizes, FilePlace place) {
    if (sizes.size() > Shape.MAX_RANK) {
      throw place.refuse(
          sizes.size() + " dimensions",
          "at most " + Shape.MAX_RANK,
          "merge some before the export");
    }
    boolean none = sizes.contains(0L);
    long product = 1;
    for (long size : sizes) {
      product = none || product > ReadLimits.ELEMENTS ? 0 : product * size(size, place);
      if (product > ReadLimits.ELEMENTS) {
        throw place.refuse(
            "the sizes " + sizes, "at most " + ReadLimits.ELEMENTS + " elements", FilePlace.COPY);
      }
    }
    return Shape.of(sizes.stream().mapToInt(size -> (int) size(size, place)).toArray());
  }

  private static long size(long size, FilePlace place) {
    if (size < 0 || size > ReadLimits.ELEMENTS) {
      throw place.refuse(
          "the size " + size, "one from 0 to " + ReadLimits.ELEMENTS, FilePlace.COPY);
    }
    return size;
  }

  /** How many elements it holds, in the one field that may hold them. */
  private static int held(TensorProto proto, DType dtype, FilePlace place) {
    int listed = count(proto, dtype);
    int others =
        proto.getFloatDataCount()
            + proto.getDoubleDataCount()
            + proto.getInt32DataCount()
            + proto.getInt64DataCount()
            + proto.getUint64DataCount()
            + proto.getStringDataCount()
            - listed;
    int bytes = proto.getRawData().size();
    if (others > 0 || (listed > 0 && bytes > 0)) {
      throw place.refuse(
          "data in several fields, or in that of another type",
          dtype + " elements in their field or in raw_data",
          FilePlace.AGAIN);
    }
    if (bytes % dtype.bytes() != 0) {
      throw place.refuse(
          bytes + " bytes of raw_data",
          "a multiple of " + dtype.bytes() + ", the bytes of an element of " + dtype,
          FilePlace.COPY);
    }
    return listed + bytes / dtype.bytes();
  }

  private static int count(TensorProto proto, DType dtype) {
    return switch (dtype) {
      case F64 -> proto.getDoubleDataCount();
      case F32 -> proto.getFloatDataCount();
      case I64 -> proto.getInt64DataCount();
      case I32, BOOL -> proto.getInt32DataCount();
    };
  }

  private static Tensor listed(TensorProto proto, TensorType type) {
    return switch (type.dtype()) {
      case F64 -> Tensor.generate(type, proto::getDoubleData);
      case F32 -> Tensor.generate(type, proto::getFloatData);
      case I64 -> longs(type, proto.getInt64DataList().stream().mapToLong(i -> i).toArray());
      case I32, BOOL -> Tensor.generate(type, proto::getInt32Data);
    };
  }

  private static Tensor raw(ByteString bytes, TensorType type) {
    ByteBuffer data = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return switch (type.dtype()) {
      case F64 -> Tensor.generate(type, i -> data.getDouble(8 * i));
      case F32 -> Tensor.generate(type, i -> data.getFloat(4 * i));
      case I64 -> {
        int count = type.shape().elements();
        yield longs(type, IntStream.range(0, count).mapToLong(i -> data.getLong(8 * i)).toArray());
      }
      case I32 -> Tensor.generate(type, i -> data.getInt(4 * i));
      case BOOL -> Tensor.generate(type, data::get);
    };
  }

  /** Exactly: a double holds only those within 2^53. */
  static Tensor longs(TensorType type, long... elements) {
    return Tensor.longs(elements).reshape(type.shape().sizes());
  }
}
