/**
 * The marking of derivations: what names stand for, equations as graphs, their comparison with
 * automatic differentiation, and what is wrong with those that differ. It works on nets, whatever
 * they were read from, and says everything as data. Nothing here reads a file, or prints.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.derivations.marking;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
