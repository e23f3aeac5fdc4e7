package io.deltagraph.files;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header of a safetensors file, checked against the size of the file before it is believed. */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** One tensor; its bytes follow those of the entry before. */
  record Entry(String name, TensorType type, long begin, long end) {}

  /** Reads the length and the header, and leaves the stream at the first element. */
  static SafeTensorsHeader read(DataInputStream in, long size, String file) throws IOException {
    if (size < Long.BYTES) {
      throw refuse(file, "It has " + size + " bytes, fewer than the 8 of its header's length.", "");
    }
    long length = Long.reverseBytes(in.readLong());
    if (length < 0 || length > Math.min(Limits.HEADER_BYTES, size - Long.BYTES)) {
      throw refuse(
          file,
          "Its header's length is "
              + Long.toUnsignedString(length)
              + " bytes; the file has "
              + (size - Long.BYTES)
              + " after it, and a header at most "
              + Limits.HEADER_BYTES
              + ".",
          "byte 0");
    }
    try (JsonInput json = JsonInput.of(ByteStreams.limit(in, length), file)) {
      Reader reader = new Reader(json);
      json.object(reader::field);
      json.end();
      reader.check(size - Long.BYTES - length);
      return new SafeTensorsHeader(
          ImmutableList.copyOf(reader.entries), ImmutableMap.copyOf(reader.metadata));
    }
  }

  /** What one tensor's object holds. */
  private static final class Fields {
    private @Nullable DType dtype;
    private @Nullable List<Integer> shape;
    private final List<Long> offsets = new ArrayList<>(2);
  }

  private static final class Reader {
    private final JsonInput in;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Reader(JsonInput in) {
      this.in = in;
    }

    void field(String name) throws ModelFileException {
      if (name.equals(METADATA)) {
        in.object(key -> {
          if (metadata.size() == Limits.METADATA_ENTRIES) {
            throw in.refuse("There are more than " + Limits.METADATA_ENTRIES + " metadata.");
          }
          metadata.put(in.checkedName(key), in.text(Limits.METADATA_LENGTH));
        });
        return;
      }
      if (entries.size() == Limits.TENSORS) {
        throw in.refuse("There are more than " + Limits.TENSORS + " tensors.");
      }
      entries.add(entry(in.checkedName(name)));
    }

    private Entry entry(String name) throws ModelFileException {
      Fields fields = new Fields();
      in.object(key -> {
        switch (key) {
          case "dtype" -> fields.dtype = dtype(in.text(Limits.NAME_LENGTH));
          case "shape" -> fields.shape = shape();
          case "data_offsets" ->
              in.array(() -> {
                if (fields.offsets.size() == 2) {
                  throw in.refuse("A range has two ends.");
                }
                fields.offsets.add(in.count(Long.MAX_VALUE));
              });
          default ->
              throw in.refuse(
                  "The field '"
                      + Names.shown(key)
                      + "' is unknown; there are dtype, shape and data_offsets.");
        }
      });
      List<Integer> sizes = fields.shape;
      DType dtype = fields.dtype;
      if (dtype == null || sizes == null || fields.offsets.size() != 2) {
        throw in.refuse(
            "The tensor '" + Names.shown(name) + "' lacks a dtype, a shape or its two offsets.");
      }
      TensorType type = new TensorType(dtype, Shape.of(Ints.toArray(sizes)));
      long begin = fields.offsets.get(0);
      long end = fields.offsets.get(1);
      if (end < begin || end - begin != bytes(type)) {
        throw in.refuse(
            "The tensor '"
                + Names.shown(name)
                + "' of type "
                + type
                + " takes "
                + bytes(type)
                + " bytes; its range is ["
                + begin
                + ", "
                + end
                + "].");
      }
      return new Entry(name, type, begin, end);
    }

    private long bytes(TensorType type) throws ModelFileException {
      try {
        return Math.multiplyExact((long) type.shape().elements(), type.dtype().bytes());
      } catch (ArithmeticException e) {
        throw in.refuse(
            "The shape " + type.shape() + " has more elements than memory can hold.", e);
      }
    }

    private DType dtype(String text) throws ModelFileException {
      try {
        if (text.equals(text.toUpperCase(Locale.ROOT))) {
          return DType.parse(text.toLowerCase(Locale.ROOT));
        }
      } catch (IllegalArgumentException e) {
        throw in.refuse(unknown(text), e);
      }
      throw in.refuse(unknown(text));
    }

    private static String unknown(String text) {
      return "The dtype '" + Names.shown(text) + "' is none of F64, F32, I64, I32 and BOOL.";
    }

    private List<Integer> shape() throws ModelFileException {
      List<Integer> sizes = new ArrayList<>(Shape.MAX_RANK);
      in.array(() -> {
        if (sizes.size() == Shape.MAX_RANK) {
          throw in.refuse("A shape has at most " + Shape.MAX_RANK + " dimensions.");
        }
        sizes.add((int) in.count(Integer.MAX_VALUE));
      });
      return sizes;
    }

    /** The ranges follow each other from 0 to the end of the file. */
    void check(long available) throws ModelFileException {
      entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
      long end = 0;
      for (Entry entry : entries) {
        if (entry.begin() != end) {
          throw in.refuse(
              "The bytes of '"
                  + Names.shown(entry.name())
                  + "' begin at "
                  + entry.begin()
                  + (entry.begin() < end ? " and overlap" : " and leave a hole to")
                  + " those before, which end at "
                  + end
                  + ".");
        }
        end = entry.end();
      }
      if (end != available) {
        throw in.refuse(
            "The tensors take " + end + " bytes; the file has " + available + " for them.");
      }
    }
  }

  /** The header's text, padded so that the elements after it are aligned. */
  static String write(
      String file, List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata)
      throws ModelFileException {
    if (tensors.size() > Limits.TENSORS || metadata.size() > Limits.METADATA_ENTRIES) {
      throw unfit(
          file,
          "A file holds at most "
              + Limits.TENSORS
              + " tensors and "
              + Limits.METADATA_ENTRIES
              + " metadata, got "
              + tensors.size()
              + " and "
              + metadata.size()
              + ".");
    }
    String json =
        GraphWriter.json(
                0,
                file,
                out -> {
                  out.writeStartObject();
                  if (!metadata.isEmpty()) {
                    out.writeObjectFieldStart(METADATA);
                    for (Map.Entry<String, String> entry : metadata.entrySet()) {
                      out.writeStringField(
                          name(file, entry.getKey()), text(file, entry.getValue()));
                    }
                    out.writeEndObject();
                  }
                  long begin = 0;
                  for (Map.Entry<String, Tensor> entry : tensors) {
                    TensorType type = entry.getValue().type();
                    out.writeObjectFieldStart(tensorName(file, entry.getKey()));
                    out.writeStringField("dtype", type.dtype().name());
                    out.writeFieldName("shape");
                    out.writeArray(type.shape().sizes(), 0, type.rank());
                    long end = begin + (long) type.shape().elements() * type.dtype().bytes();
                    out.writeFieldName("data_offsets");
                    out.writeArray(new long[] {begin, end}, 0, 2);
                    out.writeEndObject();
                    begin = end;
                  }
                  out.writeEndObject();
                })
            .strip();
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    if (length > Limits.HEADER_BYTES - ALIGNMENT) {
      throw unfit(
          file, "The names and metadata take " + length + " bytes, more than a header may.");
    }
    return json + " ".repeat(Math.floorMod(-length, ALIGNMENT));
  }

  private static String tensorName(String file, String name) throws ModelFileException {
    if (name.equals(METADATA)) {
      throw unfit(file, "The name '" + METADATA + "' is kept for metadata.");
    }
    return name(file, name);
  }

  static String name(String file, String name) throws ModelFileException {
    Optional<String> fault = Names.fault(name);
    if (fault.isPresent()) {
      throw unfit(file, "The name '" + Names.shown(name) + "' " + fault.get() + ".");
    }
    return name;
  }

  static String text(String file, String text) throws ModelFileException {
    Optional<String> fault = Names.unpaired(text);
    if (fault.isPresent() || text.length() > Limits.METADATA_LENGTH) {
      throw unfit(
          file,
          "The text '"
              + Names.shown(text)
              + "' "
              + fault.orElse("is longer than " + Limits.METADATA_LENGTH + " characters")
              + ".");
    }
    return text;
  }

  private static ModelFileException unfit(String file, String what) {
    return new ModelFileException(
        what, file, "", "Choose other names or metadata; nothing was written.", null);
  }

  static ModelFileException refuse(String file, String what, String where) {
    return new ModelFileException(what, file, where, ModelFileException.RESTORE, null);
  }
}
