/**
 * Models and graphs as ONNX files: what others run, and what others have made. What both directions
 * share, types of elements and versions, is here too, and every file is checked before it is
 * believed. No op is known here by its name, and no message of the format is shown to callers.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.onnx;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
