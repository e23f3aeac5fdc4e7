package io.deltagraph.simd;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Generates the class of a kernel when it is first asked for, and keeps it for all steps that need
 * the same one.
 *
 * <p>Each class has two instances, which share its compiled code: one that computes, and one for
 * rehearsals. A rehearsal brings a kernel to the compiler with little work: {@link RehearsalCode}
 * writes loops that an instance can cut short.
 */
final class GeneratedKernels {
  /** The name of all generated classes; the JVM appends a number to it. */
  static final ClassDesc GENERATED = ClassDesc.of("io.deltagraph.simd.Generated");

  /** The field of a generated class that limits how often an instance repeats a loop. */
  static final String REPETITIONS = "repetitions";

  /** The local variable of {@link GeneratedKernel#run} that holds its arrays. */
  static final int ARRAYS = 1;

  /** The one that holds its offsets. */
  static final int OFFSETS = 2;

  /** The one that holds its first unit. */
  static final int FROM = 3;

  /** The one that holds the unit after its last. */
  static final int TO = 4;

  /** Sets no limit: beyond it, the multiplication by a vector's number of lanes would overflow. */
  private static final int NO_LIMIT = Integer.MAX_VALUE / 64;

  /** How often a loop is repeated in a rehearsal. */
  private static final int REHEARSED_REPETITIONS = 4;

  /**
   * The most units of a call in a rehearsal. With more, the compiler would first compile the inner
   * loops while they run (on-stack replacement), and the whole method only after that.
   */
  private static final int REHEARSED_UNITS = 2;

  private static final ClassDesc INTERFACE = ClassDesc.of(GeneratedKernel.class.getName());
  private static final MethodTypeDesc INIT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object.arrayType(),
          ConstantDescs.CD_int.arrayType(),
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);

  /** The two instances of a generated class. */
  private record Instances(GeneratedKernel computing, GeneratedKernel rehearsing) {}

  private final Map<KernelDescription, Instances> known;
  private final boolean rehearses;

  GeneratedKernels() {
    this(new ConcurrentHashMap<>(), false);
  }

  private GeneratedKernels(Map<KernelDescription, Instances> known, boolean rehearses) {
    this.known = known;
    this.rehearses = rehearses;
  }

  /** The same kernels for rehearsals: they cut their loops short, so their results are wrong. */
  GeneratedKernels rehearsing() {
    return new GeneratedKernels(known, true);
  }

  /** The kernel of a description; its class is generated if there is none yet. */
  GeneratedKernel get(KernelDescription description) {
    Instances instances = known.computeIfAbsent(description, GeneratedKernels::generate);
    return rehearses
        ? (arrays, offsets, from, to) ->
            instances.rehearsing.run(arrays, offsets, from, Math.min(to, from + REHEARSED_UNITS))
        : instances.computing;
  }

  private static Instances generate(KernelDescription description) {
    byte[] bytes =
        ClassFile.of()
            .build(
                GENERATED,
                type ->
                    type.withFlags(ClassFile.ACC_FINAL)
                        .withInterfaceSymbols(INTERFACE)
                        .withField(REPETITIONS, ConstantDescs.CD_int, ClassFile.ACC_FINAL)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME, INIT, 0, GeneratedKernels::writeConstructor)
                        .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, description::write));
    try {
      var constructor =
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor(int.class);
      return new Instances(
          (GeneratedKernel) constructor.newInstance(NO_LIMIT),
          (GeneratedKernel) constructor.newInstance(REHEARSED_REPETITIONS));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A generated kernel does not load.", e);
    }
  }

  private static void writeConstructor(CodeBuilder code) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .aload(0)
        .iload(1)
        .putfield(GENERATED, REPETITIONS, ConstantDescs.CD_int)
        .return_();
  }
}
