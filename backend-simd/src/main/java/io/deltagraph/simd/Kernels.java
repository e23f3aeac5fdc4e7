package io.deltagraph.simd;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The kernels that were generated, by what they compute: steps of one shape share one. */
final class Kernels {
  static final ClassDesc NAME = ClassDesc.of("io.deltagraph.simd.Generated");

  /** The field that says how often a loop is repeated at most. */
  static final String MOST = "most";

  private static final ClassDesc KERNEL = ClassDesc.of("io.deltagraph.simd.Kernel");
  private static final MethodTypeDesc INIT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object.arrayType(),
          ConstantDescs.CD_int.arrayType(),
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);

  /** Local variables of {@link Kernel#run}. */
  static final int ARRAYS = 1;

  static final int OFFSETS = 2;
  static final int FROM = 3;
  static final int TO = 4;

  /** How often a loop is repeated in a rehearsal. */
  private static final int FEW = 4;

  /**
   * The longest range in a rehearsal: more would have the compiler see to the loops before the
   * whole.
   */
  private static final int SHORT = 2;

  /** Two instances of one class, hence of the same compiled code. */
  private record Pair(Kernel whole, Kernel few) {}

  private final Map<Object, Pair> known;
  private final boolean rehearses;

  Kernels() {
    this(new ConcurrentHashMap<>(), false);
  }

  private Kernels(Map<Object, Pair> known, boolean rehearses) {
    this.known = known;
    this.rehearses = rehearses;
  }

  /** The same kernels with their loops cut short, whose results are of no use. */
  Kernels rehearsing() {
    return new Kernels(known, true);
  }

  /** The kernel of that key; {@code body} writes it if there is none yet. */
  Kernel get(Object key, Consumer<CodeBuilder> body) {
    Pair pair = known.computeIfAbsent(key, k -> define(body));
    return rehearses
        ? (arrays, offsets, from, to) ->
            pair.few.run(arrays, offsets, from, Math.min(to, from + SHORT))
        : pair.whole;
  }

  private static Pair define(Consumer<CodeBuilder> body) {
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                type ->
                    type.withFlags(ClassFile.ACC_FINAL)
                        .withInterfaceSymbols(KERNEL)
                        .withField(MOST, ConstantDescs.CD_int, ClassFile.ACC_FINAL)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            INIT,
                            0,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        ConstantDescs.CD_Object,
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void)
                                    .aload(0)
                                    .iload(1)
                                    .putfield(NAME, MOST, ConstantDescs.CD_int)
                                    .return_())
                        .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, body));
    try {
      var constructor =
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor(int.class);
      // The largest multiple of a vector's lanes would overflow beyond this.
      Kernel whole = (Kernel) constructor.newInstance(Integer.MAX_VALUE / 64);
      return new Pair(whole, (Kernel) constructor.newInstance(FEW));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A generated kernel does not load.", e);
    }
  }
}
