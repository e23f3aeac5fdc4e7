package io.deltagraph.derivations.language;

import io.deltagraph.derivations.language.Expression.Selector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;

/** A place among the tokens of an equation, and the small parts that are read from there. */
class Tokens {
  /** How deep brackets may lie in each other. */
  static final int MOST_BRACKETS = 200;

  final List<Token> tokens;
  int at;
  int depth;
  private final IdentityHashMap<Expression, Place> places = new IdentityHashMap<>();

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  IdentityHashMap<Expression, Place> places() {
    return places;
  }

  String indexName() throws Misread {
    Token token = token();
    boolean letters = token.kind() == Token.Kind.NAME && token.text().matches("\\p{L}+");
    if (!letters) {
      throw misread("an index such as i");
    }
    at++;
    return token.text();
  }

  boolean usedBehind(List<String> indices) {
    int level = 0;
    int position = at;
    do {
      Token token = tokens.get(position);
      level += opens(token) ? 1 : closes(token) ? -1 : 0;
      position++;
    } while (level > 0 && position < tokens.size());
    int selecting = 0;
    for (; position < tokens.size(); position++) {
      Token token = tokens.get(position);
      if (level == 0 && (token.is("+") || token.is("-") || token.is(","))) {
        return false;
      }
      level += opens(token) ? 1 : closes(token) ? -1 : 0;
      selecting += token.is("[") ? 1 : token.is("]") ? -1 : 0;
      if (level < 0) {
        return false;
      }
      if (selecting > 0 && indices.contains(token.text())) {
        return true;
      }
    }
    return false;
  }

  static boolean opens(Token token) {
    return token.is("(") || token.is("[") || token.is("{");
  }

  static boolean closes(Token token) {
    return token.is(")") || token.is("]") || token.is("}");
  }

  void enter() throws Misread {
    if (++depth > MOST_BRACKETS) {
      throw misread("at most " + MOST_BRACKETS + " levels of brackets");
    }
  }

  /** The value of an attribute: a number, a truth value, a word or a list of whole numbers. */
  Object data() throws Misread {
    Token token = token();
    if (token.is("[") || token.is("(")) {
      List<Object> list = new ArrayList<>();
      String close = token.is("[") ? "]" : ")";
      do {
        at++;
        if (!token().is(close)) {
          list.add(whole());
        }
      } while (token().is(","));
      expect(close);
      return List.copyOf(list);
    }
    if (token.kind() == Token.Kind.NAME) {
      at++;
      return switch (token.text()) {
        case "True", "true" -> true;
        case "False", "false" -> false;
        default -> token.text();
      };
    }
    boolean negative = token.is("-");
    if (negative) {
      at++;
    }
    if (token().kind() != Token.Kind.NUMBER) {
      throw misread("a number, True, False or a list such as [0]");
    }
    double value = (negative ? -1 : 1) * token().number();
    boolean whole = token().text().matches("[0-9]{1,9}");
    at++;
    return whole ? (Object) (int) value : (Object) value;
  }

  int whole() throws Misread {
    boolean negative = token().is("-");
    if (negative) {
      at++;
    }
    if (token().kind() != Token.Kind.NUMBER || !token().text().matches("[0-9]{1,9}")) {
      throw misread("a whole number");
    }
    return (negative ? -1 : 1) * (int) tokens.get(at++).number();
  }

  List<Selector> selectors() throws Misread {
    List<Selector> selectors = new ArrayList<>();
    do {
      at++;
      if (token().kind() == Token.Kind.NAME) {
        selectors.add(new Selector.Index(indexName()));
        continue;
      }
      OptionalInt from = token().is(":") ? OptionalInt.empty() : OptionalInt.of(whole());
      if (token().is(":")) {
        at++;
        boolean open = token().is(",") || token().is("]");
        selectors.add(
            new Selector.Range(from, open ? OptionalInt.empty() : OptionalInt.of(whole())));
      } else {
        selectors.add(new Selector.At(from.getAsInt()));
      }
    } while (token().is(","));
    expect("]");
    return selectors;
  }

  <E extends Expression> E placed(E expression, Token token) {
    places.put(expression, token.place());
    return expression;
  }

  Token token() {
    return tokens.get(at);
  }

  void expect(String sign) throws Misread {
    if (!token().is(sign)) {
      throw misread("'" + sign + "'");
    }
    at++;
  }

  Misread misread(String expected) {
    return new Misread(token().place(), token().text(), expected);
  }
}
