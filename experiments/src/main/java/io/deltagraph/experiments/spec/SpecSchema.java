package io.deltagraph.experiments.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of a spec (draft 2020-12), by which editors complete and mark what is typed. What
 * depends on the table or on installed ops is left to the reader.
 */
final class SpecSchema {
  /** The form of the name of an op, an optimizer or what else is chosen by name. */
  private static final String NAME = "^([a-z][a-z0-9-]*:)?[a-z][a-z0-9_.]*$";

  private SpecSchema() {}

  static ObjectNode schema() {
    ObjectNode out = object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
    out.put("title", "A training run of Deltagraph");
    ObjectNode fields = fields(out.put("type", "object"), "");
    ArrayNode rules = fields.putArray("allOf");
    rules.add(ownRule());
    rules.add(taskRule());
    return fields;
  }

  /** The perceptron has its own rule in place of a loss and an optimizer. */
  private static JsonNode ownRule() {
    ObjectNode then = object();
    then.putObject("properties").put("loss", false).put("optimizer", false);
    ObjectNode otherwise = object();
    otherwise.putArray("required").add("loss").add("optimizer");
    return rule(at("model", at("family", constant("perceptron"))), then).set("else", otherwise);
  }

  private static JsonNode taskRule() {
    ObjectNode regression = object();
    regression.putArray("enum").add("linear").add("mlp");
    ObjectNode classification = object();
    classification.set("not", constant("linear"));
    return rule(
            at("data", at("task", constant("regression"))),
            optionally("model", optionally("family", regression)))
        .set(
            "else",
            rule(
                at("data", at("task", constant("classification"))),
                optionally("model", optionally("family", classification))));
  }

  private static ObjectNode rule(ObjectNode when, ObjectNode then) {
    ObjectNode rule = object();
    rule.set("if", when);
    rule.set("then", then);
    return rule;
  }

  /** An object with such a field. */
  private static ObjectNode at(String field, JsonNode value) {
    ObjectNode out = optionally(field, value);
    out.putArray("required").add(field);
    return out;
  }

  private static ObjectNode optionally(String field, JsonNode value) {
    ObjectNode out = object();
    out.putObject("properties").set(field, value);
    return out;
  }

  private static ObjectNode constant(String word) {
    return object().put("const", word);
  }

  /** Adds the fields that stand under a path. */
  private static ObjectNode fields(ObjectNode out, String path) {
    ObjectNode properties = out.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (SpecField<?> field : SpecFields.in(path)) {
      properties.set(field.name(), field(field));
      boolean always = field.families().isEmpty() || path.endsWith("[]");
      if (always && field.absence() instanceof SpecField.Absence.Refused) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      out.set("required", required);
    }
    return out.put("additionalProperties", false);
  }

  private static ObjectNode field(SpecField<?> field) {
    ObjectNode out = object().put("description", field.meaning());
    if (field.absence() instanceof SpecField.Absence.Default(String json)) {
      out.set("default", SpecField.json(json));
    }
    out.putArray("examples").add(SpecField.json(field.example()));
    ObjectNode own = field.kind().schema().deepCopy();
    switch (field.kind().shape()) {
      case VALUE -> out.setAll(own);
      case GROUP -> groupRules(fields(out.setAll(own), field.path()), field);
      case LIST -> {
        out.setAll(own);
        out.set("items", fields(object().put("type", "object"), field.path() + "[]"));
      }
      case CHOICE -> choice(out, field);
      case WORD_OR_GROUP ->
          out.putArray("anyOf").add(own).add(fields(object().put("type", "object"), field.path()));
    }
    return out;
  }

  /** What must stand together in a group, and what may not. */
  private static void groupRules(ObjectNode out, SpecField<?> field) {
    if (field.equals(ModelFields.CLIPPING)) {
      out.put("minProperties", 1).put("maxProperties", 1);
    } else if (field.equals(DataFields.DATA)) {
      ArrayNode either = out.putArray("oneOf");
      ObjectNode csv = either.addObject();
      csv.putArray("required").add("csv").add("target").add("task");
      either.addObject().putArray("required").add("builtIn");
    } else if (field.equals(ModelFields.MODEL)) {
      ArrayNode rules = out.putArray("allOf");
      for (String family : ModelFields.FAMILIES.keySet()) {
        ObjectNode then = object();
        ObjectNode refused = then.putObject("properties");
        for (SpecField<?> other : SpecFields.in(field.path())) {
          if (!other.families().isEmpty() && !other.families().contains(family)) {
            refused.put(other.name(), false);
          } else if (!other.families().isEmpty()
              && other.absence() instanceof SpecField.Absence.Refused) {
            then.putArray("required").add(other.name());
          }
        }
        rules.add(rule(at("family", constant(family)), then));
      }
    }
  }

  private static void choice(ObjectNode out, SpecField<?> field) {
    ObjectNode name = object().put("type", "string").put("pattern", NAME);
    ObjectNode options = fields(object().put("type", "object"), field.path());
    ((ObjectNode) options.get("properties")).set("name", name);
    ArrayNode required = options.withArray("required");
    boolean aNameAlone = required.isEmpty();
    required.add("name");
    options
        .putObject("additionalProperties")
        .putArray("type")
        .add("number")
        .add("boolean")
        .add("string");
    options.putObject("propertyNames").put("pattern", "^" + JsonCursor.OPTION + "$");
    options.put("maxProperties", JsonCursor.MOST_OPTIONS);
    if (aNameAlone) {
      out.putArray("anyOf").add(name.deepCopy()).add(options);
    } else {
      out.setAll(options);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
