package io.deltagraph.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The different cells of a column, each once, in the order in which they appear first. */
final class Words {
  private static final int OVERHEAD = 96; // of a text and of what finds it, in bytes

  /** Of the first texts, as many as were there when one was looked for last. */
  private final Map<String, Integer> codes = new HashMap<>();

  private final List<String> texts = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private int firstNoNumber = -1;
  private long memory;

  int size() {
    return texts.size();
  }

  String text(int code) {
    return texts.get(code);
  }

  /** The row in which a cell appears first. */
  int row(int code) {
    return rows.get(code);
  }

  /** What each code stands for as a number; not finite where it is none. */
  double[] numbers() {
    return texts.stream().mapToDouble(NumberCell::value).toArray();
  }

  /** The first code that is no finite number, or −1. */
  int firstNoNumber() {
    return firstNoNumber;
  }

  /** Bytes that all this takes. */
  long memory() {
    return memory;
  }

  /** The code of a cell, or −1 for one that is new. */
  int find(String text) {
    for (int code = codes.size(); code < texts.size(); code++) {
      codes.put(texts.get(code), code);
    }
    return codes.getOrDefault(text, -1);
  }

  /** Takes up a cell that is new and returns its code. */
  int add(String text, boolean isNumber, int row) {
    int code = texts.size();
    texts.add(text);
    rows.add(row);
    if (firstNoNumber < 0 && !isNumber) {
      firstNoNumber = code;
    }
    memory += OVERHEAD + text.length();
    return code;
  }

  /** Drops what only further cells would need. */
  void close() {
    codes.clear();
  }
}
