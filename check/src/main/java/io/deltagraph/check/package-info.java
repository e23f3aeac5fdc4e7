/**
 * Finite differences, and the verdict on gradients that were worked out in several ways. Everything
 * here compares numbers that others computed, and says pass, fail or inconclusive. Nothing here may
 * compute a gradient from a backward rule.
 */
@NullMarked
package io.deltagraph.check;

import org.jspecify.annotations.NullMarked;
