/**
 * Notes in a file that say which op of this project several of its nodes were written for. The
 * export leaves them, and the reader takes an op back where the nodes are still those that it is
 * written as. A note alone means nothing, and nothing here reads or writes nodes.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.onnx.note;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
