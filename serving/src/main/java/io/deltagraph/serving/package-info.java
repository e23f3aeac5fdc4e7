/**
 * Trained models that are kept: what turns a later table into the graph's input and the graph's
 * output into classes or numbers. Everything that is read is checked before it is used, and no file
 * names a class. Optimizers, training and specs may not be known here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.serving;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
