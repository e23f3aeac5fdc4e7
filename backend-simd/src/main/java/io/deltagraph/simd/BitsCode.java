package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes instructions on the bits of vectors: as integers of the same width, one for each lane, and
 * as lanes that move.
 */
final class BitsCode {
  private static final ClassDesc CONVERSION =
      ClassDesc.of(VectorCode.API + "VectorOperators$Conversion");
  private static final ClassDesc SHUFFLE = ClassDesc.of(VectorCode.API + "VectorShuffle");
  private static final ClassDesc EXCHANGES = ClassDesc.of(LaneExchanges.class.getName());
  private static final ClassDesc BINARY = ClassDesc.of(VectorCode.API + "VectorOperators$Binary");

  private final VectorCode vectors;
  private final CodeBuilder code;
  private final boolean single;
  private final ClassDesc floats;
  private final ClassDesc integers;
  private final ClassDesc integer;

  BitsCode(VectorCode vectors) {
    this.vectors = vectors;
    this.code = vectors.code();
    this.single = vectors.isSingle();
    this.floats = vectors.vector();
    this.integers = ClassDesc.of(VectorCode.API + (single ? "IntVector" : "LongVector"));
    this.integer = single ? ConstantDescs.CD_int : ConstantDescs.CD_long;
  }

  /** Expects a vector; gives its bits as integers. */
  void toBits() {
    code.invokevirtual(
        floats, single ? "reinterpretAsInts" : "reinterpretAsLongs", MethodTypeDesc.of(integers));
    vectors.castToSpecies(integers);
  }

  /** Expects integers; gives the vector with those bits. */
  void fromBits() {
    code.invokevirtual(
        integers,
        single ? "reinterpretAsFloats" : "reinterpretAsDoubles",
        MethodTypeDesc.of(floats));
    vectors.castToSpecies();
  }

  /** Expects a vector of whole numbers that fit into integers; converts them. */
  void toIntegers() {
    convert(floats, single ? "F2I" : "D2L");
    vectors.castToSpecies(integers);
  }

  /** Expects integers that a vector can hold without rounding; converts them. */
  void fromIntegers() {
    convert(integers, single ? "I2F" : "L2D");
    vectors.castToSpecies();
  }

  private void convert(ClassDesc from, String conversion) {
    code.getstatic(VectorCode.OPERATORS, conversion, CONVERSION)
        .iconst_0()
        .invokevirtual(
            from,
            "convert",
            MethodTypeDesc.of(VectorCode.ANY_VECTOR, CONVERSION, ConstantDescs.CD_int));
  }

  /** Expects integers; combines each of them with a constant. */
  void combine(Operator operator, long constant) {
    code.getstatic(VectorCode.OPERATORS, operator.name(), operator.type());
    if (single) {
      code.loadConstant((int) constant);
    } else {
      code.loadConstant(constant);
    }
    code.invokevirtual(integers, "lanewise", MethodTypeDesc.of(integers, BINARY, integer));
  }

  /** Expects two vectors of integers; combines them lane by lane. */
  void combine(Operator operator) {
    int right = vectors.newReference();
    code.astore(right)
        .getstatic(VectorCode.OPERATORS, operator.name(), operator.type())
        .aload(right)
        .invokevirtual(
            integers, "lanewise", MethodTypeDesc.of(integers, BINARY, VectorCode.ANY_VECTOR));
  }

  /**
   * Puts lanes of two vectors together as {@link LaneExchanges} says.
   *
   * @param high whether those lanes whose number has the bit {@code distance}
   * @param first the local variable of the first vector
   * @param second that of the second one
   */
  void exchange(int distance, boolean high, int first, int second) {
    String type = single ? "F32_" : "F64_";
    code.aload(first);
    if (high) {
      swap(type, distance);
    }
    code.aload(second);
    if (!high) {
      swap(type, distance);
    }
    code.getstatic(EXCHANGES, type + "ODD_" + distance, VectorCode.MASK);
    vectors.blend();
  }

  private void swap(String type, int distance) {
    code.getstatic(EXCHANGES, type + "SWAP_" + distance, SHUFFLE)
        .invokevirtual(floats, "rearrange", MethodTypeDesc.of(floats, SHUFFLE));
  }

  /** Operators on integers, by their names in the Vector API. */
  enum Operator {
    ADD("Associative"),
    SUB("Binary"),
    AND("Associative"),
    OR("Associative"),
    LSHL("Binary"),
    ASHR("Binary"),
    LSHR("Binary");

    private final String type;

    Operator(String type) {
      this.type = type;
    }

    private ClassDesc type() {
      return ClassDesc.of(VectorCode.API + "VectorOperators$" + type);
    }
  }
}
