package io.deltagraph.experiments.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.base.Splitter;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.InputException;
import io.deltagraph.experiments.SpecGuide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference of specs and their JSON Schema, which another project's validator reads. */
class SpecReferenceTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SpecReference.schema());

  private static boolean fits(String json) throws IOException {
    return SCHEMA.validate(MAPPER.readTree(json)).isEmpty();
  }

  @Test
  void thePageOfAllFieldsIsWhatTheTableSays() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/specs.md"), UTF_8))
        .as("Write it anew: ./deltagraph spec --markdown > docs/specs.md")
        .isEqualTo(SpecGuide.markdown());
  }

  @Test
  void theSchemaThatEditorsReadIsWhatTheTableSays() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/spec.schema.json"), UTF_8))
        .as("Write it anew: ./deltagraph spec --schema > docs/spec.schema.json")
        .isEqualTo(SpecReference.schema());
  }

  @ParameterizedTest
  @EnumSource(BuiltInSet.class)
  void builtInSpecsFitTheSchemaAlsoWithEveryFieldWrittenOut(BuiltInSet set) throws IOException {
    TrainingSpec spec = SpecReader.builtIn(set);
    try (var in = SpecReader.class.getResourceAsStream("sets/" + set.id() + ".json")) {
      assertThat(SCHEMA.validate(MAPPER.readTree(in))).isEmpty();
    }
    assertThat(SCHEMA.validate(MAPPER.readTree(SpecWriter.toJson(spec)))).isEmpty();
  }

  @Test
  void exampleSpecsFitTheSchema() throws IOException {
    List<Path> examples;
    try (Stream<Path> files = Files.list(ROOT.resolve("examples/specs"))) {
      examples = files.filter(file -> file.toString().endsWith(".json")).toList();
    }
    assertThat(examples).isNotEmpty();
    for (Path example : examples) {
      assertThat(SCHEMA.validate(MAPPER.readTree(example.toFile()))).as("%s", example).isEmpty();
    }
    assertThat(SCHEMA.validate(MAPPER.readTree(SpecTest.FULL))).isEmpty();
    assertThat(SCHEMA.validate(MAPPER.readTree(SpecTest.SMALL))).isEmpty();
  }

  /** Each wrong value of the reader's tests is refused by the schema as well. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"epochs\": 12 | \"epochs\": 0",
        "\"epochs\": 12 | \"epochs\": 1.5",
        "\"epochs\": 12 | \"epochs\": \"12\"",
        "\"epochs\": 12 | \"epochs\": null",
        "\"epochs\": 12 | \"epoch\": 12",
        "\"batch\": \"all\" | \"batch\": 0",
        "\"batch\": \"all\" | \"batch\": \"full\"",
        "\"threads\": 4 | \"threads\": 257",
        "\"dtype\": \"f64\" | \"dtype\": \"f46\"",
        "\"dtype\": \"f64\" | \"dtype\": 64",
        "0.125 | -0.125",
        "\"folds\": 5 | \"folds\": 1",
        "\"testFraction\": 0.3 | \"testFraction\": 1",
        "\"by\": -16 | \"by\": 0",
        "\"name\": \"divide\" | \"name\": \"divid\"",
        "\"family\": \"mlp\" | \"family\": \"mpl\"",
        "\"family\": \"mlp\" | \"family\": \"softmax\"",
        "\"units\": 7 | \"units\": 70000",
        "\"units\": 2 | \"width\": 2",
        "\"activation\": \"identity\" | \"activation\": \"Identity\"",
        "\"activation\": \"identity\" | \"activation\": []",
        "\"beta\": 1.5 | \"beta\": null",
        "\"beta\": 1.5 | \"b/c\": 1",
        "\"globalNorm\": 5 | \"globalNorm\": 0",
        "\"globalNorm\": 5 | \"globalNorm\": 5, \"value\": 1",
        "\"globalNorm\": 5 | ",
        "\"globalNorm\" | \"globalnorm\"",
        "\"l1\": 0.25 | \"l1\": -1",
        "\"l1\": 0.25 | \"classWeights\": \"balance\"",
        "\"l1\": 0.25 | \"classWeights\": {}",
        "\"l1\": 0.25 | \"classWeights\": [1, 2]",
        "\"l1\": 0.25 | \"classWeights\": { \"a\": -1 }",
        "\"classification\" | \"classify\"",
        "\"csv\": \"my data.csv\" | \"builtIn\": \"digit\"",
        "\"csv\": \"my data.csv\" | \"csv\": \"a\", \"builtIn\": \"iris\"",
        "\"csv\": \"my data.csv\", | ",
        "\"csv\": \"my data.csv\" | \"csv\": \" \"",
        "[\"a\", \"b\"] | [\"a\", \"a\"]",
        "[\"a\", \"b\"] | \"a\"",
        "\"missing\": \"indicator\" | \"missing\": {}",
        "\"missing\": \"indicator\" | \"missing\": [\"mean\"]",
        "\"missing\": \"indicator\" | \"missing\": { \"a\": \"mode\" }",
        "\"validation\": 0.1 | \"validation\": 1",
        "\"patience\": 9 | \"patience\": 0",
        "\"minDelta\": 0.01 | \"minDelta\": -1",
        "\"timeLimit\": 2.5 | \"timeLimit\": 0",
        "\"f1_weighted\" | \"f1\"",
        "\"f1_weighted\" | \"roc_auc\"",
        "\"version\": 1 | \"version\": 2",
        "\"stopBelow\": 0.001 | \"stopBelow\": \"never\"",
        "\"seed\": -9223372036854775808 | \"seed\": 9223372036854775808",
        "\"learningRate\": 0.125, | ",
        "\"target\": \"y\", | "
      })
  void wrongSpecsAreRefusedByBoth(String from, String to) throws IOException {
    assertThat(SpecTest.FULL).contains(from);
    String wrong = SpecTest.FULL.replace(from, to == null ? "" : to);
    assertThat(fits(wrong)).isFalse();
    assertThatThrownBy(() -> SpecReader.parse("s.json", "s", wrong.getBytes(UTF_8)))
        .isInstanceOf(InputException.class);
  }

  /** What no schema can say: the reader alone refuses it. */
  @Test
  void theTargetAmongTheColumnsIsLeftToTheReader() throws IOException {
    String wrong = SpecTest.FULL.replace("[\"a\", \"b\"]", "[\"a\", \"y\"]");
    assertThat(fits(wrong)).isTrue();
    assertThatThrownBy(() -> SpecReader.parse("s.json", "s", wrong.getBytes(UTF_8)))
        .isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"loss\": \"mean_squared_error\", | ",
        "linear | logistic",
        "regression | classification",
        "\"family\": \"linear\" | ",
        "{ \"family\": \"linear\" } | \"linear\"",
        "{ \"family\": \"linear\" } | { \"family\": \"mlp\", \"layers\": [] }",
        "{ \"family\": \"linear\" } | { \"family\": \"mlp\" }",
        "{ \"family\": \"linear\" } | { \"family\": \"perceptron\" }",
        "{ \"name\": \"adam\", \"learningRate\": 0.001 } | \"adam\""
      })
  void whatDoesNotGoTogetherIsRefusedByBoth(String from, String to) throws IOException {
    String wrong = SpecTest.SMALL.replace(from, to == null ? "" : to);
    assertThat(fits(SpecTest.SMALL)).isTrue();
    assertThat(fits(wrong)).isFalse();
    assertThatThrownBy(() -> SpecReader.parse("s.json", "s", wrong.getBytes(UTF_8)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void everyExampleAndEveryDefaultFitsItsOwnField() throws IOException {
    List<String> unfit = new ArrayList<>();
    for (SpecField<?> field : SpecFields.ALL) {
      JsonNode schema = at(MAPPER.readTree(SpecReference.schema()), field.path());
      JsonSchema own = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
      List<JsonNode> values = new ArrayList<>(List.of(MAPPER.readTree(field.example())));
      if (field.absence() instanceof SpecField.Absence.Default(String json)) {
        values.add(MAPPER.readTree(json));
      }
      for (JsonNode value : values) {
        if (!own.validate(value).isEmpty()) {
          unfit.add(field.path() + ": " + value);
        }
        assertThat(
                (Object)
                    field
                        .kind()
                        .reader()
                        .apply(new JsonCursor("s.json", "$." + field.path(), value)))
            .isNotNull();
      }
    }
    assertThat(unfit).isEmpty();
  }

  /** The part of the schema that speaks of a field. */
  private static JsonNode at(JsonNode schema, String path) {
    JsonNode at = schema;
    for (String part : Splitter.on('.').split(path)) {
      if (!at.has("properties") && at.has("anyOf")) {
        at = at.get("anyOf").get(1);
      }
      at = at.get("properties").get(part.replace("[]", ""));
      if (part.endsWith("[]")) {
        at = at.get("items");
      }
    }
    return at;
  }

  @Test
  void aFieldIsFoundByItsPathOrTheLastPartOfIt() {
    assertThat(SpecReference.find("optimizer"))
        .extracting(SpecReference.Entry::path)
        .startsWith("optimizer", "optimizer.learningRate", "optimizer.schedule");
    assertThat(SpecReference.find("$.model.layers"))
        .extracting(SpecReference.Entry::path)
        .startsWith("model.layers", "model.layers[].units", "model.layers[].activation");
    assertThat(SpecReference.find("learningRate"))
        .extracting(SpecReference.Entry::path)
        .containsExactly("model.learningRate", "optimizer.learningRate");
    assertThatThrownBy(() -> SpecReference.find("learningrate"))
        .hasMessage(
            "the name of a field: found 'learningrate', expected a field of a spec; perhaps"
                + " 'learningRate' was meant.");
  }
}
