package io.deltagraph.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a source without a byte order mark; bytes that are no text are refused. */
final class Utf8Reader extends Reader {
  private static final int BYTES = 1 << 16;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final CsvSource source;
  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
  private final CharBuffer text = CharBuffer.allocate(BYTES).flip();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private long taken;
  private boolean ended;

  Utf8Reader(CsvSource source) throws IOException {
    this.source = source;
    in = source.open();
    fetch();
    if (bytes.remaining() >= MARK.length
        && bytes.slice(0, MARK.length).equals(ByteBuffer.wrap(MARK))) {
      bytes.position(MARK.length);
    }
  }

  /** How many bytes were taken from the source so far, a little ahead of the text. */
  long taken() {
    return taken;
  }

  /** Fills the bytes up from the source. */
  private void fetch() throws IOException {
    bytes.compact();
    while (bytes.hasRemaining() && !ended) {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(0, count));
      taken += Math.max(0, count);
    }
    bytes.flip();
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    if (!text.hasRemaining() && !decode()) {
      return -1;
    }
    int count = Math.min(length, text.remaining());
    text.get(target, from, count);
    return count;
  }

  /** Returns whether there is any more text. */
  private boolean decode() throws IOException {
    fetch();
    long first = taken - bytes.remaining();
    int start = bytes.position();
    CoderResult result = decoder.decode(bytes, text.clear(), ended);
    for (int i = start; i < bytes.position(); i++) {
      if (bytes.get(i) == 0) {
        throw DataErrors.nul(source.name(), source.line(first + i - start));
      }
    }
    if (result.isError()) {
      throw DataErrors.notUtf8(source.name(), taken - bytes.remaining());
    }
    return text.flip().hasRemaining();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
