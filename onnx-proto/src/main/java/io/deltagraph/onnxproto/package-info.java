/**
 * The messages of an ONNX file, each a class that protobuf's compiler has written from ONNX's own
 * description of its format. What they mean is known to the package that reads and writes files.
 * Nothing that is written by hand may live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.onnxproto;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
