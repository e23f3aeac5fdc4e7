package io.deltagraph.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("weights.safetensors");
  }

  private void put(byte[] header, long length, int data) throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(8 + header.length + data)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(header)
            .array();
    Files.write(file, bytes);
  }

  private void put(String header, int data) throws IOException {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    put(bytes, bytes.length, data);
  }

  @Test
  void readsBackEveryTypeBitForBit() throws IOException {
    Map<String, Tensor> tensors = FileSamples.everyType();
    SafeTensors.write(file, tensors, Map.of("by", "a test", "é", ""));
    SafeTensors.Content content = SafeTensors.read(file);
    assertThat(content.metadata()).isEqualTo(Map.of("by", "a test", "é", ""));
    assertThat(content.tensors().keySet()).isEqualTo(tensors.keySet());
    tensors.forEach((name, tensor) -> {
      Tensor back = content.tensors().get(name);
      assertThat(back.type()).isEqualTo(tensor.type());
      assertThat(FileSamples.array(back)).isEqualTo(FileSamples.array(tensor));
    });
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void readsTensorsLongerThanAChunk() throws IOException {
    Map<String, Tensor> tensors =
        Map.of(
            "f", Tensor.generate(TensorType.of(DType.F32, 257, 129), i -> i * 0.37),
            "b", Tensor.generate(TensorType.of(DType.BOOL, 65_537), i -> i % 3 == 0 ? 1 : 0));
    SafeTensors.write(file, tensors, Map.of());
    SafeTensors.read(file)
        .tensors()
        .forEach((name, back) -> assertThat(back.bitEquals(tensors.get(name))).isTrue());
  }

  /** The bytes were put together by hand from the format's description. */
  @Test
  void writesAndReadsTheFormatsBytes() throws IOException {
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    byte[] expected =
        HexFormat.of()
            .parseHex(
                "3800000000000000"
                    + HexFormat.of().formatHex(header.getBytes(StandardCharsets.UTF_8))
                    + "2020"
                    + "0000803f"
                    + "000020c0");
    Files.write(file, expected);
    Tensor read = SafeTensors.read(file).tensors().get("w");
    assertThat(read.toDoubles()).containsExactly(1, -2.5);
    SafeTensors.write(file, Map.of("w", read), Map.of());
    assertThat(file).hasBinaryContent(expected);
  }

  @Test
  void refusesAFileCutAtAnyByteOrGrown() throws IOException {
    SafeTensors.write(file, FileSamples.everyType(), Map.of("k", "v"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(ModelFileException.class);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("The tensors take 79 bytes; the file has 80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}} | 6 | begin at 2 and overlap
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[5,9]}} | 9 | leave a hole
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}     | 8 | leave a hole
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}     | 5 | take 4 bytes; the file has 5
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}     | 4 | its range is [4, 0]
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}    | 4 | The number -4 is not between
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}       | 4 | its two offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}   | 8 | two ends
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}} | 4 | is not between
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}     | 4 | takes 8 bytes; its range is [0, 4]
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}    | 4 | The number -1 is not between
          {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}   | 4 | a whole number
          {"a":{"dtype":"F64","shape":[2147483647,2147483647],"data_offsets":[0,8]}} | 8 | more elements than memory
          {"a":{"dtype":"F64","shape":[4294967296],"data_offsets":[0,8]}} | 8 | is not between
          {"a":{"dtype":"F64","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}} | 0 | more elements than memory
          {"a":{"dtype":"BOOL","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}} | 1 | at most 8 dimensions
          {"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}     | 2 | 'F16' is none of
          {"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}     | 4 | 'f32' is none of
          {"a":{"dtype":"java.lang.Runtime","shape":[1],"data_offsets":[0,4]}} | 4 | is none of
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"@class":"x"}} | 4 | The field '@class' is unknown
          {"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 4 | Duplicate
          {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}} | 0 | Duplicate
          {"a":{"shape":[1],"data_offsets":[0,4]}}                   | 4 | lacks a dtype
          {"":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}      | 0 | The name '' is empty
          {"a":7}                                                    | 0 | Here belongs an object
          {"__metadata__":{"a":7}}                                   | 0 | Here belongs a string
          {"__metadata__":{},"__metadata__":{}}                      | 0 | Duplicate
          {} x                                                       | 0 | not the JSON expected here
          {}{}                                                       | 0 | Something follows
          []                                                         | 0 | Here belongs an object
          {                                                          | 0 | not the JSON expected here
          """)
  void refusesALyingHeader(String header, int data, String reason) throws IOException {
    put(header, data);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("file    " + file);
  }

  @ParameterizedTest
  @CsvSource({"9", "100", "5000000", "9223372036854775807", "-1", "-9223372036854775808"})
  void refusesALyingLengthBeforeTakingMemory(long length) throws IOException {
    put(new byte[8], length, 0);
    long allocated = allocatedBy("Its header's length is " + Long.toUnsignedString(length));
    assertThat(allocated).isLessThan(200_000);
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    for (String bad :
        new String[] {"7b22ff223a317d", "7b22c080223a317d", "efbbbf7b7d", "7b007d00"}) {
      byte[] bytes = HexFormat.of().parseHex(bad);
      put(bytes, bytes.length, 0);
      assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(ModelFileException.class);
    }
  }

  @Test
  void refusesATruthValueOfTwo() throws IOException {
    SafeTensors.write(file, Map.of("m", Tensor.of(TensorType.of(DType.BOOL, 2), 1, 1)), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 2;
    Files.write(file, bytes);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got 2")
        .hasMessageContaining("element 1 of 'm'");
  }

  @Test
  void takesLittleMemoryForHostileHeaders() throws IOException {
    StringBuilder names = new StringBuilder("{");
    for (int i = 0; i < 60_000; i++) {
      names.append("\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},");
    }
    put(names + "\"z\":{}}", 0);
    assertThat(allocatedBy("more than 4096 tensors")).isLessThan(bound());
    put("{\"__metadata__\":{\"a\":\"" + "x".repeat(2_000_000) + "\"}}", 0);
    assertThat(allocatedBy("")).isLessThan(bound());
    put("[".repeat(2_000_000), 0);
    assertThat(allocatedBy("Here belongs an object")).isLessThan(bound());
    put("{\"a\":{\"dtype\":\"F64\",\"shape\":[200000000],\"data_offsets\":[0,1600000000]}}", 16);
    assertThat(allocatedBy("take 1600000000 bytes; the file has 16")).isLessThan(bound());
  }

  @Test
  void takesTheMemoryOfItsTensors() throws IOException {
    Tensor big = Tensor.generate(TensorType.of(DType.F32, 1_000, 1_000), i -> i);
    SafeTensors.write(file, Map.of("big", big), Map.of());
    SafeTensors.read(file);
    long before = allocated();
    SafeTensors.Content content = SafeTensors.read(file);
    assertThat(allocated() - before).isLessThan(bound()).isGreaterThan(4_000_000);
    assertThat(content.tensors().get("big").bitEquals(big)).isTrue();
  }

  /** Twice the file and a megabyte. */
  private long bound() throws IOException {
    return 2 * Files.size(file) + (1 << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /** The bytes that a refusal takes, with classes loaded by a first one. */
  private long allocatedBy(String reason) {
    assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(ModelFileException.class);
    long before = allocated();
    try {
      SafeTensors.read(file);
    } catch (ModelFileException e) {
      long taken = allocated() - before;
      assertThat(e).hasMessageContaining(reason);
      return taken;
    }
    throw new AssertionError("It was not refused.");
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() throws IOException {
    Files.writeString(file, "old");
    Tensor one = Tensor.scalar(1);
    for (String name : new String[] {"", "__metadata__", "a\nb", "\ud800", "x".repeat(257)}) {
      assertThatThrownBy(() -> SafeTensors.write(file, Map.of(name, one), Map.of()))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("The name '");
    }
    ImmutableMap.Builder<String, Tensor> many = ImmutableMap.builder();
    for (int i = 0; i <= 4096; i++) {
      many.put("t" + i, one);
    }
    assertThatThrownBy(() -> SafeTensors.write(file, many.buildOrThrow(), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("at most 4096 tensors");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void refusesMissingFilesFoldersAndUnwritablePlaces() throws IOException {
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("There is no such file.");
    assertThatThrownBy(() -> SafeTensors.read(folder))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("It is not a file.");
    Files.writeString(file, "a file, not a folder");
    assertThatThrownBy(() -> SafeTensors.write(file.resolve("below"), Map.of(), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("It cannot be written");
  }
}
