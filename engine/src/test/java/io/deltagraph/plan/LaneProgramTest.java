package io.deltagraph.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.type.DType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LaneProgramTest {
  private final Lane x = Lane.input(0, DType.F64);
  private final Lane y = Lane.input(1, DType.F64);

  @Test
  void equalExpressionsAreComputedOnce() {
    Lane twice = x.plus(y).times(Lane.input(0, DType.F64).plus(Lane.input(1, DType.F64)));
    LaneProgram program = LaneProgram.of(2, List.of(twice, x.plus(y)));
    assertThat(program.code())
        .extracting(LaneProgram.Instruction::op)
        .containsExactly(LaneOp.ADD, LaneOp.MULTIPLY);
  }

  @Test
  void whatIsTheSameForBothSignsIsComputedOnce() {
    Lane turned = x.negate().abs().negate().exp();
    assertThat(LaneProgram.of(1, List.of(x.abs().negate().exp(), turned)).code())
        .filteredOn(instruction -> instruction.op() == LaneOp.SCALE)
        .as("powers of e")
        .hasSize(1);
    Lane often = x;
    for (int i = 0; i < 20_001; i++) {
      often = often.negate();
    }
    assertThat(LaneProgram.of(1, List.of(often.abs())).code()).hasSizeGreaterThan(20_000);
  }

  @Test
  void whatDiffersStaysApart() {
    Lane single = Lane.input(0, DType.F32);
    assertThat(LaneProgram.of(2, List.of(x.plus(y), y.plus(x))).code()).hasSize(2);
    assertThat(LaneProgram.of(2, List.of(x.plus(0.0), x.plus(-0.0))).constants())
        .containsExactly(0.0, -0.0);
    assertThat(LaneProgram.of(1, List.of(single.cast(DType.I32), single.cast(DType.I64))).code())
        .hasSize(2);
  }

  @Test
  void inputsConstantsAndRepeatedOutputsAreCopied() {
    LaneProgram program = LaneProgram.of(2, List.of(y, x.constant(3), x.sqrt(), x.sqrt()));
    assertThat(program.outputs()).isEqualTo(4);
    assertThat(program.code())
        .extracting(LaneProgram.Instruction::op)
        .containsExactly(LaneOp.SQRT, LaneOp.CAST, LaneOp.CAST, LaneOp.CAST);
    assertThat(program.code()).extracting(LaneProgram.Instruction::target).doesNotHaveDuplicates();
  }

  @Test
  void temporariesAreReused() {
    Lane chain = x;
    for (int i = 0; i < 100; i++) {
      chain = chain.sin();
    }
    assertThat(LaneProgram.of(1, List.of(chain)).registers()).isLessThanOrEqualTo(3);
  }

  @Test
  void sharedAndDeepExpressionsTakeLinearTime() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          Lane shared = x;
          for (int i = 0; i < 60; i++) {
            shared = shared.times(shared);
          }
          assertThat(LaneProgram.of(1, List.of(shared)).code()).hasSize(60);
          Lane deep = x;
          for (int i = 0; i < 20_000; i++) {
            deep = deep.plus(y);
          }
          assertThat(LaneProgram.of(2, List.of(deep)).code()).hasSize(20_000);
        });
  }
}
