/**
 * Running a file in ONNX Runtime, to compare it with the engine: another program's numbers for the
 * same values. That program is the user's jar, loaded when it is asked for and known by reflection
 * alone, so that nobody needs it to build or to write files. Nothing here writes a file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.onnx.verify;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
