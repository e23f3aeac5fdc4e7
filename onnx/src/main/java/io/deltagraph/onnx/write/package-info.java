/**
 * Writing: graphs and saved models as ONNX. Ops are written by their kind, or in the form that a
 * module of ops provides; a model's preparation of raw cells is written before its net. Nothing is
 * known here of any op by its name, and nothing here reads a file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.onnx.write;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
