/**
 * ONNX files as graphs of this project. Whatever is read is taken for hostile: sizes are checked
 * before memory is taken, and all that is refused is one exception in one line. What an operator of
 * ONNX means is said here by the ops that it is made of, and nothing here may write a file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@GraphLibrary
@NullMarked
package io.deltagraph.onnx.read;

import io.deltagraph.graph.GraphLibrary;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
