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
  private static final ClassDesc NAME = ClassDesc.of("io.deltagraph.simd.Generated");
  private static final ClassDesc KERNEL = ClassDesc.of("io.deltagraph.simd.Kernel");
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

  private final Map<Object, Kernel> known = new ConcurrentHashMap<>();

  /** The kernel of that key; {@code body} writes it if there is none yet. */
  Kernel get(Object key, Consumer<CodeBuilder> body) {
    return known.computeIfAbsent(key, k -> define(body));
  }

  private static Kernel define(Consumer<CodeBuilder> body) {
    byte[] bytes =
        ClassFile.of()
            .build(
                NAME,
                type ->
                    type.withFlags(ClassFile.ACC_FINAL)
                        .withInterfaceSymbols(KERNEL)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            0,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        ConstantDescs.CD_Object,
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void)
                                    .return_())
                        .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, body));
    try {
      return (Kernel)
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A generated kernel does not load.", e);
    }
  }
}
