package io.deltagraph.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Strict, streaming JSON: nothing is built that the caller did not ask for, keys are unique, depth
 * and lengths are bounded. Each reading method starts on the first token of a value and ends on its
 * last.
 */
final class JsonInput implements Closeable {
  private static final int DEPTH = 16;
  private static final int NUMBER_LENGTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxNameLength(4 * Limits.NAME_LENGTH)
                  .maxNumberLength(NUMBER_LENGTH)
                  .maxStringLength(Limits.METADATA_LENGTH)
                  .build())
          .build();

  private final JsonParser parser;
  private final String file;

  /** Reads the value of the field of that name, whose first token is current. */
  @FunctionalInterface
  interface Field {
    void read(String name) throws ModelFileException;
  }

  /** Reads one element of an array, whose first token is current. */
  @FunctionalInterface
  interface Element {
    void read() throws ModelFileException;
  }

  private JsonInput(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  /** Starts on the first token of UTF-8 bytes; {@code file} is for messages. */
  static JsonInput of(InputStream bytes, String file) throws ModelFileException {
    return of(
        new InputStreamReader(
            bytes,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)),
        file);
  }

  /** Starts on the first token of a text. */
  static JsonInput of(Reader text, String file) throws ModelFileException {
    try {
      JsonInput input = new JsonInput(FACTORY.createParser(text), file);
      input.next();
      return input;
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelFileException(
          "It cannot be read: " + e.getMessage() + ".", file, "", ModelFileException.RESTORE, e);
    }
  }

  private @Nullable JsonToken next() throws ModelFileException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw refuse("It is not the JSON expected here: " + Names.shown(e.getOriginalMessage()), e);
    } catch (CharacterCodingException e) {
      throw refuse("It is not UTF-8 text.", e);
    } catch (IOException e) {
      throw refuse("It cannot be read: " + Names.shown(String.valueOf(e.getMessage())), e);
    }
  }

  /** Reads an object field by field. */
  void object(Field field) throws ModelFileException {
    expect(JsonToken.START_OBJECT, "an object");
    while (next() == JsonToken.FIELD_NAME) {
      String name = name();
      next();
      field.read(name);
    }
    expect(JsonToken.END_OBJECT, "the end of an object");
  }

  private String name() throws ModelFileException {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw refuse("It cannot be read.", e);
    }
  }

  /** Reads an array element by element. */
  void array(Element element) throws ModelFileException {
    expect(JsonToken.START_ARRAY, "an array");
    while (next() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Reads a string. */
  String text(int limit) throws ModelFileException {
    expect(JsonToken.VALUE_STRING, "a string");
    String text = raw();
    if (text.length() > limit) {
      throw refuse("The string is longer than " + limit + " characters.");
    }
    Optional<String> fault = Names.unpaired(text);
    if (fault.isPresent()) {
      throw refuse("The string " + fault.get() + ".");
    }
    return text;
  }

  /** Reads a string that may be a name. */
  String nameText() throws ModelFileException {
    return checkedName(text(Limits.METADATA_LENGTH));
  }

  /** Refuses a string that cannot be a name. */
  String checkedName(String name) throws ModelFileException {
    Optional<String> fault = Names.fault(name);
    if (fault.isPresent()) {
      throw refuse("The name '" + Names.shown(name) + "' " + fault.get() + ".");
    }
    return name;
  }

  /** Reads a whole number between 0 and {@code most}. */
  long count(long most) throws ModelFileException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      long value = Long.parseLong(raw());
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException tooLong) {
      throw refuse("The number " + Names.shown(raw()) + " is not between 0 and " + most + ".");
    }
    throw refuse("The number " + raw() + " is not between 0 and " + most + ".");
  }

  /** The current token. */
  @Nullable JsonToken token() {
    return parser.currentToken();
  }

  /** The current token's text: a number as it is written. */
  String raw() throws ModelFileException {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw refuse(
          "It is not the JSON expected here: " + Names.shown(String.valueOf(e.getMessage())), e);
    }
  }

  /** Refuses what follows the value that was read. */
  void end() throws ModelFileException {
    if (next() != null) {
      throw refuse("Something follows the end of the JSON.");
    }
  }

  private void expect(JsonToken token, String what) throws ModelFileException {
    if (parser.currentToken() != token) {
      throw refuse("Here belongs " + what + ".");
    }
  }

  /** A refusal at the current place. */
  ModelFileException refuse(String what) {
    return refuse(what, null);
  }

  /** A refusal at the current place. */
  ModelFileException refuse(String what, @Nullable Throwable cause) {
    JsonLocation location = parser.currentTokenLocation();
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    return new ModelFileException(
        what,
        file,
        "line "
            + location.getLineNr()
            + ", column "
            + location.getColumnNr()
            + (pointer.isEmpty() ? "" : " (" + Names.shown(pointer) + ")"),
        ModelFileException.RESTORE,
        cause);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      // Everything asked for was read: that the source does not close loses nothing.
      return;
    }
  }
}
