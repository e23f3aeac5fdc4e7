package io.deltagraph.onnx.read;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.deltagraph.onnxproto.ModelProto;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a file would become before it becomes that: an empty message takes two bytes in a
 * file and a hundred in memory.
 */
final class WireCheck {
  private final FilePlace file;
  private final CodedInputStream in;
  private int parts;
  private long packed;

  private WireCheck(FilePlace file, CodedInputStream in) {
    this.file = file;
    this.in = in;
  }

  /** Refuses bytes that hold too much, or end too soon. */
  static void check(byte[] bytes, FilePlace file) throws IOException {
    new WireCheck(file, CodedInputStream.newInstance(bytes)).message(ModelProto.getDescriptor(), 1);
  }

  private void message(Descriptor type, int depth) throws IOException {
    if (depth > ReadLimits.DEPTH) {
      throw file.refuse(
          "more than " + ReadLimits.DEPTH + " messages within each other",
          "fewer",
          FilePlace.AGAIN);
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      part();
      @Nullable FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int length = in.readRawVarint32();
        int outer = in.pushLimit(length);
        if (field != null && field.getType() == FieldDescriptor.Type.MESSAGE) {
          message(field.getMessageType(), depth + 1);
        } else {
          in.skipRawBytes(length);
          pack(field, length);
        }
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private void part() {
    if (++parts > ReadLimits.PARTS) {
      throw file.refuse(
          "more than " + ReadLimits.PARTS + " fields and messages",
          "fewer, with large tensors as raw_data",
          FilePlace.AGAIN);
    }
  }

  /** Whole numbers of varying length may take 8 times their bytes. */
  private void pack(@Nullable FieldDescriptor field, int length) {
    if (field != null
        && field.isPackable()
        && field.getType() != FieldDescriptor.Type.FLOAT
        && field.getType() != FieldDescriptor.Type.DOUBLE) {
      packed += length;
    }
    if (packed > ReadLimits.PACKED_BYTES) {
      throw file.refuse(
          "more than " + ReadLimits.PACKED_BYTES + " bytes of packed whole numbers",
          "fewer, with large tensors as raw_data",
          FilePlace.AGAIN);
    }
  }
}
