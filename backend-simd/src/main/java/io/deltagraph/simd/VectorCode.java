package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * Writes the code of one kernel: calls of the Vector API for vectors of one float type, of the
 * machine's preferred size. Calls alone, without helpers of our own: past a certain size the
 * compiler inlines nothing but the API, and a vector that is handed to a helper is an object.
 */
final class VectorCode {
  private static final String API = "jdk.incubator.vector.";
  private static final ClassDesc SPECIES = ClassDesc.of(API + "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(API + "VectorOperators");
  private static final ClassDesc COMPARISON = ClassDesc.of(API + "VectorOperators$Comparison");
  private static final ClassDesc CONVERSION = ClassDesc.of(API + "VectorOperators$Conversion");
  private static final ClassDesc BINARY = ClassDesc.of(API + "VectorOperators$Binary");
  private static final ClassDesc ANY_VECTOR = ClassDesc.of(API + "Vector");

  /** A mask, whatever the vectors hold. */
  static final ClassDesc MASK = ClassDesc.of(API + "VectorMask");

  private final CodeBuilder code;
  private final boolean single;
  private final int lanes;
  private final ClassDesc vector;
  private final ClassDesc whole;
  private final ClassDesc element;
  private final ClassDesc array;
  private final ClassDesc wholeElement;

  VectorCode(CodeBuilder code, DType dtype) {
    this.code = code;
    this.single = dtype == DType.F32;
    this.lanes = lanes(dtype);
    this.vector = ClassDesc.of(API + (single ? "FloatVector" : "DoubleVector"));
    this.whole = ClassDesc.of(API + (single ? "IntVector" : "LongVector"));
    this.element = single ? ConstantDescs.CD_float : ConstantDescs.CD_double;
    this.wholeElement = single ? ConstantDescs.CD_int : ConstantDescs.CD_long;
    this.array = element.arrayType();
    Turns.leaveToOptimizer(code);
    Turns.rehearse(code);
  }

  /** The number of elements of a vector. */
  static int lanes(DType dtype) {
    return dtype == DType.F32
        ? FloatVector.SPECIES_PREFERRED.length()
        : DoubleVector.SPECIES_PREFERRED.length();
  }

  /** The number of vector registers: half as many where vectors have 32 bytes, as AVX2's. */
  static int registers() {
    return lanes(DType.F32) == 8 ? 16 : 32;
  }

  CodeBuilder code() {
    return code;
  }

  /** The type of the arrays. */
  ClassDesc array() {
    return array;
  }

  /** The type of an array of numbers of a float type, or of bools. */
  static ClassDesc array(DType dtype) {
    return switch (dtype) {
      case F64 -> ConstantDescs.CD_double.arrayType();
      case F32 -> ConstantDescs.CD_float.arrayType();
      case BOOL -> ConstantDescs.CD_boolean.arrayType();
      case I64, I32 -> throw new IllegalArgumentException("No vectors of " + dtype + ".");
    };
  }

  int newReference() {
    return code.allocateLocal(TypeKind.REFERENCE);
  }

  int newInt() {
    return code.allocateLocal(TypeKind.INT);
  }

  /** Keeps an array that the kernel is given. */
  int array(int index, ClassDesc type) {
    int local = newReference();
    code.aload(Kernels.ARRAYS).loadConstant(index).aaload().checkcast(type).astore(local);
    return local;
  }

  /** Keeps where the kernel begins in an array, if it goes on so far for each unit of its range. */
  int place(int index, int step) {
    int local = newInt();
    code.aload(Kernels.OFFSETS).loadConstant(index).iaload();
    code.iload(Kernels.FROM).loadConstant(step).imul().iadd().istore(local);
    return local;
  }

  /** Keeps the mask of the first lanes, if these are not all: -1 stands for no mask. */
  int mask(int used) {
    if (used >= lanes) {
      return -1;
    }
    int local = newReference();
    species();
    code.iconst_0()
        .loadConstant(used)
        .invokeinterface(
            SPECIES,
            "indexInRange",
            MethodTypeDesc.of(MASK, ConstantDescs.CD_int, ConstantDescs.CD_int))
        .astore(local);
    return local;
  }

  /**
   * Repeats a body while {@code counter}, which starts at 0, is below a number. A rehearsal does
   * not repeat it as often.
   */
  void times(int counter, int count, int step, Runnable body) {
    Turns.times(this, counter, count, step, body);
  }

  private void species() {
    code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
  }

  /** A vector of an array from {@code index + offset} on; with a mask, zeros elsewhere. */
  void load(int from, int index, int offset, int mask) {
    species();
    code.aload(from);
    index(index, offset);
    fromArray(mask, SPECIES, array, ConstantDescs.CD_int);
  }

  /** Calls the method of those parameters, or the one that takes a mask beside them. */
  private void fromArray(int mask, ClassDesc... parameters) {
    List<ClassDesc> all = new ArrayList<>(List.of(parameters));
    if (mask >= 0) {
      code.aload(mask);
      all.add(MASK);
    }
    code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, all));
  }

  /** Elements of an array at {@code index + offset} plus what a map says for each lane. */
  void gather(int from, int index, int offset, int map, int zero, int mask) {
    species();
    code.aload(from);
    index(index, offset);
    code.aload(map).iload(zero);
    ClassDesc number = ConstantDescs.CD_int;
    fromArray(mask, SPECIES, array, number, number.arrayType(), number);
  }

  /** The same number of an array in all lanes. */
  void broadcast(int from, int index, int offset) {
    species();
    code.aload(from);
    index(index, offset);
    if (single) {
      code.faload();
    } else {
      code.daload();
    }
    spread();
  }

  /** Expects the species and a number. */
  private void spread() {
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element));
  }

  /** The same number of an array of either float type in all lanes, rounded to that of vectors. */
  void broadcast(DType dtype, int from, int index) {
    species();
    code.aload(from).iload(index);
    if (dtype == DType.F32) {
      code.faload();
      if (!single) {
        code.f2d();
      }
    } else {
      code.daload();
      if (single) {
        code.d2f();
      }
    }
    spread();
  }

  /** A constant in all lanes. */
  void constant(double value) {
    species();
    if (single) {
      code.loadConstant((float) value);
    } else {
      code.loadConstant(value);
    }
    spread();
  }

  /** Expects a vector; stores it from {@code index + offset} on. */
  void store(int to, int index, int offset, int mask) {
    code.aload(to);
    index(index, offset);
    if (mask < 0) {
      code.invokevirtual(
          vector,
          "intoArray",
          MethodTypeDesc.of(ConstantDescs.CD_void, array, ConstantDescs.CD_int));
    } else {
      code.aload(mask)
          .invokevirtual(
              vector,
              "intoArray",
              MethodTypeDesc.of(ConstantDescs.CD_void, array, ConstantDescs.CD_int, MASK));
    }
  }

  /** Expects nothing; the mask of bools from {@code index + offset} on. */
  void loadMask(int from, int index, int offset) {
    species();
    code.aload(from);
    index(index, offset);
    code.invokestatic(
        MASK,
        "fromArray",
        MethodTypeDesc.of(
            MASK, SPECIES, ConstantDescs.CD_boolean.arrayType(), ConstantDescs.CD_int));
  }

  /** Expects a mask; stores it as bools. */
  void storeMask(int to, int index, int offset) {
    code.aload(to);
    index(index, offset);
    code.invokevirtual(
        MASK,
        "intoArray",
        MethodTypeDesc.of(
            ConstantDescs.CD_void, ConstantDescs.CD_boolean.arrayType(), ConstantDescs.CD_int));
  }

  private void index(int index, int offset) {
    code.iload(index);
    if (offset != 0) {
      code.loadConstant(offset).iadd();
    }
  }

  /**
   * Expects a vector that a loop carries, or of the bits of another. The compiler knows its class
   * from a profile at best, and else does not see through a call on it; now it knows.
   */
  void exact() {
    exact(vector);
  }

  private void exact(ClassDesc type) {
    code.getstatic(type, "SPECIES_PREFERRED", SPECIES);
    code.invokeinterface(SPECIES, "vectorType", MethodTypeDesc.of(ConstantDescs.CD_Class))
        .swap()
        .invokevirtual(
            ConstantDescs.CD_Class,
            "cast",
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object))
        .checkcast(type);
  }

  /** Expects two vectors. */
  void binary(String method) {
    code.invokevirtual(vector, method, MethodTypeDesc.of(vector, ANY_VECTOR));
  }

  /** Expects a vector. */
  void unary(String method) {
    code.invokevirtual(vector, method, MethodTypeDesc.of(vector));
  }

  /** Expects a, b and c; {@code a·b + c} rounded once. */
  void fma() {
    code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, ANY_VECTOR, ANY_VECTOR));
  }

  /** Expects two vectors; the mask of a comparison. */
  void compare(String comparison) {
    int right = newReference();
    code.astore(right)
        .getstatic(OPERATORS, comparison, COMPARISON)
        .aload(right)
        .invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, ANY_VECTOR));
  }

  /** Expects no, yes and a mask. */
  void blend() {
    code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, ANY_VECTOR, MASK));
  }

  /** Chooses lanes of two vectors as a stage of a transposition does, and keeps them. */
  void exchange(int distance, boolean high, int first, int second) {
    String name = (single ? "F32" : "F64") + (high ? "_HIGH_" : "_LOW_") + distance;
    code.getstatic(ClassDesc.of(Exchanges.class.getName()), name, whole).aload(first);
    toBits();
    code.aload(second);
    toBits();
    code.invokevirtual(whole, "selectFrom", MethodTypeDesc.of(whole, ANY_VECTOR, ANY_VECTOR));
    fromBits();
  }

  /** Expects two masks. */
  void masks(String method) {
    code.invokevirtual(MASK, method, MethodTypeDesc.of(MASK, MASK));
  }

  /** Expects a mask. */
  void not() {
    code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
  }

  /** Expects a vector; its bits as whole numbers. */
  void toBits() {
    code.invokevirtual(
        vector, single ? "reinterpretAsInts" : "reinterpretAsLongs", MethodTypeDesc.of(whole));
    exact(whole);
  }

  /** Expects whole numbers; the vector of those bits. */
  void fromBits() {
    code.invokevirtual(
        whole, single ? "reinterpretAsFloats" : "reinterpretAsDoubles", MethodTypeDesc.of(vector));
    exact(vector);
  }

  /** Expects a vector of small whole numbers; the same as integers. */
  void toIntegers() {
    code.getstatic(OPERATORS, single ? "F2I" : "D2L", CONVERSION)
        .iconst_0()
        .invokevirtual(
            vector, "convert", MethodTypeDesc.of(ANY_VECTOR, CONVERSION, ConstantDescs.CD_int));
    exact(whole);
  }

  /** Expects small integers; the same as a vector. */
  void fromIntegers() {
    code.getstatic(OPERATORS, single ? "I2F" : "L2D", CONVERSION)
        .iconst_0()
        .invokevirtual(
            whole, "convert", MethodTypeDesc.of(ANY_VECTOR, CONVERSION, ConstantDescs.CD_int));
    exact(vector);
  }

  /** Expects integers; each combined with a constant by an operator of the Vector API. */
  void integers(Operator operator, long constant) {
    code.getstatic(OPERATORS, operator.name(), operator.type());
    if (single) {
      code.loadConstant((int) constant);
    } else {
      code.loadConstant(constant);
    }
    code.invokevirtual(whole, "lanewise", MethodTypeDesc.of(whole, BINARY, wholeElement));
  }

  /** Expects two vectors of integers. */
  void integers(Operator operator) {
    int right = newReference();
    code.astore(right)
        .getstatic(OPERATORS, operator.name(), operator.type())
        .aload(right)
        .invokevirtual(whole, "lanewise", MethodTypeDesc.of(whole, BINARY, ANY_VECTOR));
  }

  /** Operators on whole numbers, by their names in the Vector API. */
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
      return ClassDesc.of(API + "VectorOperators$" + type);
    }
  }
}
