/**
 * The backend that runs the steps of a plan on vectors, by kernels that are generated as classes.
 * They give the bits of the plain loops, to which every step is left that has no kernel here. What
 * is computed together, and when, is not decided here: that is the planner's and the runtime's.
 *
 * <p>A <em>kernel</em> is one generated class, for one shape of loop, fold or product. Names say
 * what a class is for:
 *
 * <ul>
 *   <li>{@code …Kernel} describes a kernel: what it computes, with which sizes and strides.
 *   <li>{@code …Code} writes its bytecode.
 *   <li>{@code …Task} runs it, unit by unit, as the runtime asks.
 *   <li>{@code …Places} computes where operands lie, {@code …Strides} are distances between their
 *       elements.
 * </ul>
 *
 * <p>Where to look, from {@link io.deltagraph.simd.SimdBackend} on:
 *
 * <ul>
 *   <li>Pointwise loops: {@code LoopKernel}, {@code LoopCode}, {@code LoopTask}.
 *   <li>Folds: {@code FoldPlaces}, {@code FoldKernel} and {@code FoldCode}, with {@code
 *       FoldAcrossCode} (a lane is a result) and {@code FoldAlongCode} (a lane is an accumulator);
 *       {@code FoldTotalsKernel} for results of several blocks.
 *   <li>Products: {@code ProductAxes} makes matrices of a step, {@code ProductTiling} cuts them
 *       into panels, tiles and parts, {@code ProductBlocks} into units for the threads, {@code
 *       ProductTasks} makes the tasks. {@code TileCode} writes the register tile, the microkernel;
 *       {@code PanelPacker}, with the {@code Pack…} classes, lays operands out for it.
 *   <li>Several steps row by row: {@code RowsTask}.
 *   <li>What all kernels are written with: {@code LaneCode} for lane programs, {@code VectorCode}
 *       and {@code BitsCode} for single instructions.
 *   <li>How a class is generated, and what a rehearsal runs: {@code GeneratedKernels} and {@code
 *       RehearsalCode}. When kernels are rehearsed is up to the runtime.
 *   <li>What the machine can do at best: {@link io.deltagraph.simd.MachineLimits}.
 *   <li>The JDK's incubating module, and when it is loaded: {@code VectorModule}.
 * </ul>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.simd;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
