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
 * Writes single instructions of a kernel: calls of the Vector API, for vectors of one float type
 * and of the machine's preferred size. A kernel calls nothing but the API and has no helper
 * methods: in a large method, the compiler inlines the API only, and a vector that is handed to a
 * method which is not inlined becomes an object.
 *
 * <p>Vectors are passed on the operand stack, as "expects" says. Masks are local variables, and
 * {@link #ALL_LANES} stands for none.
 */
final class VectorCode {
  /** In place of a mask: all lanes are used. */
  static final int ALL_LANES = -1;

  static final String API = "jdk.incubator.vector.";
  static final ClassDesc ANY_VECTOR = ClassDesc.of(API + "Vector");
  static final ClassDesc OPERATORS = ClassDesc.of(API + "VectorOperators");

  private static final ClassDesc COMPARISON = ClassDesc.of(API + "VectorOperators$Comparison");
  static final ClassDesc MASK = ClassDesc.of(API + "VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of(API + "VectorSpecies");

  private final CodeBuilder code;
  private final boolean single;
  private final int lanes;
  private final ClassDesc vector;
  private final ClassDesc element;
  private final ClassDesc array;
  private final BitsCode bits;

  VectorCode(CodeBuilder code, DType dtype) {
    this.code = code;
    this.single = dtype == DType.F32;
    this.lanes = lanes(dtype);
    this.vector = ClassDesc.of(API + (single ? "FloatVector" : "DoubleVector"));
    this.element = single ? ConstantDescs.CD_float : ConstantDescs.CD_double;
    this.array = element.arrayType();
    this.bits = new BitsCode(this);
    RehearsalCode.begin(code);
  }

  /** The number of elements of a vector. */
  static int lanes(DType dtype) {
    return dtype == DType.F32
        ? FloatVector.SPECIES_PREFERRED.length()
        : DoubleVector.SPECIES_PREFERRED.length();
  }

  /** The number of vector registers: 16 where vectors have 32 bytes, as with AVX2, else 32. */
  static int registers() {
    return lanes(DType.F32) == 8 ? 16 : 32;
  }

  CodeBuilder code() {
    return code;
  }

  /** The instructions on the bits of vectors. */
  BitsCode bits() {
    return bits;
  }

  /** Whether the vectors are of f32. */
  boolean isSingle() {
    return single;
  }

  /** The class of the vectors. */
  ClassDesc vector() {
    return vector;
  }

  /** The class of an array of floats or booleans. */
  static ClassDesc arrayType(DType dtype) {
    return switch (dtype) {
      case F64 -> ConstantDescs.CD_double.arrayType();
      case F32 -> ConstantDescs.CD_float.arrayType();
      case BOOL -> ConstantDescs.CD_boolean.arrayType();
      case I64, I32 -> throw new IllegalArgumentException("No vectors of " + dtype + ".");
    };
  }

  /** A new local variable for an object. */
  int newReference() {
    return code.allocateLocal(TypeKind.REFERENCE);
  }

  /** A new local variable for an int. */
  int newInt() {
    return code.allocateLocal(TypeKind.INT);
  }

  /** Puts an array of the vectors' type that the kernel is given into a new local variable. */
  int array(int number) {
    return array(number, array);
  }

  /** Puts an array of any type that the kernel is given into a new local variable. */
  int array(int number, ClassDesc type) {
    int local = newReference();
    code.aload(GeneratedKernels.ARRAYS).loadConstant(number).aaload().checkcast(type).astore(local);
    return local;
  }

  /**
   * Puts the index at which the kernel's first unit begins in an array into a new local variable.
   *
   * @param number which of the arrays
   * @param unit the distance from a unit to the next
   */
  int place(int number, int unit) {
    int local = newInt();
    code.aload(GeneratedKernels.OFFSETS).loadConstant(number).iaload();
    code.iload(GeneratedKernels.FROM).loadConstant(unit).imul().iadd().istore(local);
    return local;
  }

  /** An array of the vectors' type and its {@link #place}. */
  Cursor cursor(int number, int unit) {
    return new Cursor(array(number), place(number, unit));
  }

  /** Adds a constant to a cursor's index. */
  void advance(Cursor cursor, int distance) {
    code.iload(cursor.index()).loadConstant(distance).iadd().istore(cursor.index());
  }

  /**
   * Puts a mask of the first {@code used} lanes into a new local variable; {@link #ALL_LANES} if
   * these are all.
   */
  int mask(int used) {
    if (used >= lanes) {
      return ALL_LANES;
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
   * Writes a loop {@code for (counter = 0; counter < count; counter += step)}; a rehearsal may
   * leave it earlier.
   *
   * @param counter the local variable that counts
   */
  void loop(int counter, int count, int step, Runnable body) {
    RehearsalCode.loop(code, counter, count, step, body);
  }

  private void species() {
    code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
  }

  /** Loads a vector from {@code offset} elements after a cursor; zeros where the mask is off. */
  void load(Cursor from, int offset, int mask) {
    species();
    address(from, offset);
    fromArray(mask, SPECIES, array, ConstantDescs.CD_int);
  }

  /** Calls {@code fromArray} with these parameters, and with a mask if there is one. */
  private void fromArray(int mask, ClassDesc... parameters) {
    List<ClassDesc> all = new ArrayList<>(List.of(parameters));
    if (mask != ALL_LANES) {
      code.aload(mask);
      all.add(MASK);
    }
    code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, all));
  }

  /**
   * Loads each lane from another place: {@code offset} elements after a cursor, and as many more as
   * an array of ints says for the lane.
   *
   * @param distances where the ints of the lanes begin
   */
  void gather(Cursor from, int offset, Cursor distances, int mask) {
    species();
    address(from, offset);
    address(distances, 0);
    ClassDesc number = ConstantDescs.CD_int;
    fromArray(mask, SPECIES, array, number, number.arrayType(), number);
  }

  /** Loads one number into all lanes. */
  void broadcast(Cursor from, int offset) {
    species();
    address(from, offset);
    if (single) {
      code.faload();
    } else {
      code.daload();
    }
    broadcast();
  }

  /** Expects the species and a number. */
  private void broadcast() {
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, element));
  }

  /** Loads one number of a float type into all lanes, converted to the type of the vectors. */
  void broadcast(DType dtype, Cursor from) {
    species();
    address(from, 0);
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
    broadcast();
  }

  /** A constant in all lanes. */
  void constant(double value) {
    species();
    if (single) {
      code.loadConstant((float) value);
    } else {
      code.loadConstant(value);
    }
    broadcast();
  }

  /** Expects a vector; stores its lanes where the mask is on. */
  void store(Cursor to, int offset, int mask) {
    address(to, offset);
    if (mask == ALL_LANES) {
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

  /** Loads a mask from an array of booleans. */
  void loadMask(Cursor from) {
    species();
    address(from, 0);
    code.invokestatic(
        MASK,
        "fromArray",
        MethodTypeDesc.of(
            MASK, SPECIES, ConstantDescs.CD_boolean.arrayType(), ConstantDescs.CD_int));
  }

  /** Expects a mask; stores it in an array of booleans. */
  void storeMask(Cursor to) {
    address(to, 0);
    code.invokevirtual(
        MASK,
        "intoArray",
        MethodTypeDesc.of(
            ConstantDescs.CD_void, ConstantDescs.CD_boolean.arrayType(), ConstantDescs.CD_int));
  }

  private void address(Cursor cursor, int offset) {
    code.aload(cursor.array()).iload(cursor.index());
    if (offset != 0) {
      code.loadConstant(offset).iadd();
    }
  }

  /**
   * Expects a vector that a loop carries from one repetition to the next; casts it to the class of
   * this machine's vectors. Of such a vector the compiler knows the class from a profile at best;
   * without one it does not inline the calls on it, and the vector becomes an object. The cast
   * costs nothing.
   */
  void castToSpecies() {
    castToSpecies(vector);
  }

  void castToSpecies(ClassDesc type) {
    code.getstatic(type, "SPECIES_PREFERRED", SPECIES);
    code.invokeinterface(SPECIES, "vectorType", MethodTypeDesc.of(ConstantDescs.CD_Class))
        .swap()
        .invokevirtual(
            ConstantDescs.CD_Class,
            "cast",
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object))
        .checkcast(type);
  }

  /** Expects two vectors; calls a method of the Vector API. */
  void binary(String method) {
    code.invokevirtual(vector, method, MethodTypeDesc.of(vector, ANY_VECTOR));
  }

  /** Expects a vector; calls a method of the Vector API. */
  void unary(String method) {
    code.invokevirtual(vector, method, MethodTypeDesc.of(vector));
  }

  /** Expects a, b and c; {@code a·b + c} rounded once. */
  void fma() {
    code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, ANY_VECTOR, ANY_VECTOR));
  }

  /** Expects two vectors; gives the mask of a comparison, by its name in the Vector API. */
  void compare(String comparison) {
    int right = newReference();
    code.astore(right)
        .getstatic(OPERATORS, comparison, COMPARISON)
        .aload(right)
        .invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, ANY_VECTOR));
  }

  /** Expects two vectors and a mask; takes the second vector where the mask is on. */
  void blend() {
    code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, ANY_VECTOR, MASK));
  }

  /** Expects two masks; calls a method of the Vector API. */
  void masks(String method) {
    code.invokevirtual(MASK, method, MethodTypeDesc.of(MASK, MASK));
  }

  /** Expects a mask; gives its opposite. */
  void not() {
    code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
  }
}
