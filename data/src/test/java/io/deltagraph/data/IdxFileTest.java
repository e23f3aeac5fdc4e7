package io.deltagraph.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxFileTest {
  @TempDir private Path folder;

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("array"), content);
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  /** Numbers written down by hand, as the format says. */
  @ParameterizedTest
  @CsvSource({
    "0000 08 01 00000003 00 7f ff, 0 127 255",
    "0000 09 01 00000003 00 7f ff, 0 127 -1",
    "0000 0b 01 00000002 0100 fffe, 256 -2",
    "0000 0c 01 00000002 00010000 80000000, 65536 -2147483648",
    "0000 0d 01 00000002 3fc00000 c0000000, 1.5 -2",
    "0000 0e 01 00000001 3fb999999999999a, 0.1",
    "0000 08 01 00000000, ''"
  })
  void numbersAreThoseOfTheFormat(String hex, String numbers) throws IOException {
    double[] expected =
        numbers.isEmpty()
            ? new double[0]
            : Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
    for (byte[] content : new byte[][] {bytes(hex), packed(bytes(hex))}) {
      Tensor tensor = IdxFile.read(file(content), DType.F64);
      assertThat(tensor.toDoubles()).containsExactly(expected);
      assertThat(IdxFile.read(file(content), DType.F32).type().dtype()).isEqualTo(DType.F32);
    }
  }

  @Test
  void axesAreThoseOfTheFile() throws IOException {
    Tensor tensor =
        IdxFile.read(file(bytes("0000 08 03 00000002 00000001 00000003 010203 040506")), DType.I32);
    assertThat(tensor.type().toString()).isEqualTo("i32[2, 1, 3]");
    assertThat(tensor.toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  /** More numbers than are read at once. */
  @Test
  void manyNumbersAreRead() throws IOException {
    byte[] body = new byte[200_003];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31);
    }
    Path file = file(packed(Bytes.concat(bytes("0000 08 01 00030d43"), body)));
    Tensor tensor = IdxFile.read(file, DType.F32);
    assertThat(tensor.length()).isEqualTo(body.length);
    for (int i = 0; i < body.length; i++) {
      assertThat(tensor.get(i)).isEqualTo(i * 31 & 0xFF);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0000 08 01 00000003 0001 | axes of 3 in a file of 10 bytes",
        "0000 08 01 00000003 00010203 | more bytes than the axes of 3 say",
        "0000 08 02 00000003 | ends before its last number",
        "0001 08 01 00000000 | the first bytes 0001 08 01",
        "0000 0a 01 00000000 | the first bytes 0000 0a 01",
        "0000 08 00 | the first bytes 0000 08 00",
        "0000 08 09 00000000 | the first bytes 0000 08 09",
        "0000 08 01 ffffffff | axes of 4294967295, expected at most",
        "0000 08 03 00010000 00010000 00000001 | axes of 65536 × 65536, expected at most",
        "0000 08 01 7fffffff 00 | axes of 2147483647 in a file of 9 bytes",
        "1f8b 0800 | ends before its last number",
        "1f8b ffff 0000 0000 0000 0000 | gzip that cannot be unpacked",
      })
  void aDamagedFileIsRefused(String hex, String message) throws IOException {
    Path file = file(bytes(hex));
    assertThatThrownBy(() -> IdxFile.read(file, DType.F64))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("; fetch or write the file again.");
  }

  /** A small packed file that says that it is large is refused before memory is taken for it. */
  @Test
  void aPackedFileCannotSayThatItIsHuge() throws IOException {
    Path file = file(packed(bytes("0000 0e 01 0fffffff 00")));
    assertThatThrownBy(() -> IdxFile.read(file, DType.F64))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("axes of 268435455 in a file of ");
    Path cut = file(packed(bytes("0000 08 01 00000003 0001")));
    assertThatThrownBy(() -> IdxFile.read(cut, DType.F64))
        .hasMessageContaining("ends before its last number");
  }

  @Test
  void whatIsAskedForHasToFit() throws IOException {
    Path file = file(bytes("0000 0d 01 00000001 3fc00000"));
    assertThatThrownBy(() -> IdxFile.read(file, DType.I32))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found fractions");
    assertThatThrownBy(() -> IdxFile.read(file, DType.BOOL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IdxFile.read(folder.resolve("none"), DType.F32))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }
}
