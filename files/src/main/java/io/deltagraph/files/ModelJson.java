package io.deltagraph.files;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.OpLookup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON half of a model: the graph, metadata, the SHA-256 of the other half, and last the
 * SHA-256 of all bytes before that last field's value.
 */
record ModelJson(Graph graph, Map<String, String> metadata, String weights) {
  private static final String FORMAT = "deltagraph-model";
  private static final int VERSION = 1;
  private static final int BROKEN_LEVELS = 3;
  private static final String HEAD = ",\n  \"sha256\": \"";
  private static final String TAIL = "\"\n}\n";

  public ModelJson {
    metadata = ImmutableMap.copyOf(metadata);
  }

  /** The bytes of a file. */
  static byte[] write(String file, Graph graph, Map<String, String> metadata, String weights)
      throws ModelFileException {
    String json =
        GraphWriter.json(
            BROKEN_LEVELS,
            file,
            out -> {
              out.writeStartObject();
              out.writeStringField("format", FORMAT);
              out.writeNumberField("version", VERSION);
              out.writeStringField("weights", weights);
              out.writeObjectFieldStart("metadata");
              for (Map.Entry<String, String> entry : metadata.entrySet()) {
                out.writeStringField(
                    SafeTensorsHeader.name(file, entry.getKey()),
                    SafeTensorsHeader.text(file, entry.getValue()));
              }
              out.writeEndObject();
              out.writeFieldName("graph");
              GraphWriter.write(out, graph, file);
              out.writeEndObject();
            });
    String signed = json.substring(0, json.lastIndexOf("\n}")) + HEAD;
    String digest = digest(signed.getBytes(StandardCharsets.UTF_8), 0);
    byte[] bytes = (signed + digest + TAIL).getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Limits.JSON_BYTES || metadata.size() > Limits.METADATA_ENTRIES) {
      throw refuse(
          file,
          "The graph and metadata take "
              + bytes.length
              + " bytes and "
              + metadata.size()
              + " entries, more than a file may.");
    }
    return bytes;
  }

  private static String digest(byte[] bytes, int tail) {
    MessageDigest digest = Digests.start();
    digest.update(bytes, 0, bytes.length - tail);
    return Digests.hex(digest);
  }

  /** Reads the bytes of a file; nothing is parsed before the digest has been compared. */
  static ModelJson read(byte[] bytes, String file, OpLookup ops) throws ModelFileException {
    int tail = Digests.LENGTH + TAIL.length();
    int signed = bytes.length - tail;
    if (signed < HEAD.length()
        || !text(bytes, signed - HEAD.length(), HEAD.length()).equals(HEAD)
        || !text(bytes, signed, tail).equals(digest(bytes, tail) + TAIL)) {
      throw refuse(file, "Its SHA-256 is missing or does not fit its content.");
    }
    try (JsonInput in = JsonInput.of(new ByteArrayInputStream(bytes), file)) {
      Fields fields = new Fields();
      in.object(name -> fields.read(in, name, ops));
      in.end();
      GraphReader.header(in, fields.format, FORMAT, fields.version, VERSION, VERSION);
      String weights = fields.weights;
      Graph graph = fields.graph;
      if (weights == null || graph == null || !Digests.isHex(weights)) {
        throw in.refuse("The model lacks its graph or the SHA-256 of its weights.");
      }
      return new ModelJson(graph, ImmutableMap.copyOf(fields.metadata), weights);
    }
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  private static final class Fields {
    private @Nullable String format;
    private long version = -1;
    private @Nullable String weights;
    private @Nullable Graph graph;
    private final Map<String, String> metadata = new LinkedHashMap<>();

    void read(JsonInput in, String name, OpLookup ops) throws ModelFileException {
      switch (name) {
        case "format" -> format = in.nameText();
        case "version" -> version = in.count(Integer.MAX_VALUE);
        case "weights" -> weights = in.text(Digests.LENGTH);
        case "metadata" ->
            in.object(key -> {
              if (metadata.size() == Limits.METADATA_ENTRIES) {
                throw in.refuse("There are more than " + Limits.METADATA_ENTRIES + " metadata.");
              }
              metadata.put(in.checkedName(key), in.text(Limits.METADATA_LENGTH));
            });
        case "graph" -> graph = GraphReader.read(in, ops);
        case "sha256" -> in.text(Digests.LENGTH);
        default ->
            throw in.refuse(
                "The field '"
                    + Names.shown(name)
                    + "' is unknown; there are format, version, weights, metadata, graph and sha256.");
      }
    }
  }

  static ModelFileException refuse(String file, String what) {
    return new ModelFileException(what, file, "", ModelFileException.RESTORE, null);
  }
}
