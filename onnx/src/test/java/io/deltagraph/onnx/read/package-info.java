/** Tests of reading: each operator by files of others, each refusal by a file that deserves it. */
@NullMarked
package io.deltagraph.onnx.read;

import org.jspecify.annotations.NullMarked;
