/** Tests of the package. */
@NullMarked
package io.deltagraph.onnx.note;

import org.jspecify.annotations.NullMarked;
