/**
 * Trained models as files: a graph from columns to predictions, its parameters, and what turns a
 * later table into the graph's input and the graph's output into classes or numbers. Everything
 * that is read is checked before it is used, and no file names a class. Training, scores and the
 * format of graphs and tensors live in other packages.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.models.saved;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
