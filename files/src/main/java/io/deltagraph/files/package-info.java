/**
 * Graphs and tensors as files: graph JSON, safetensors, and the pair of both that is a model.
 * Readers take every input for hostile: sizes are checked before memory is taken, and all that they
 * refuse is one checked exception. Nothing here may know of registries, gradients, plans or runs,
 * and no file names a class or a path to follow.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.files;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
