/**
 * How ops are written in the formats of other programs, where the form that follows from an op's
 * kind is not to be had or is not the best known: contracts that the modules of the ops implement.
 * Formats are named here and their ops are texts, so that no module of ops needs a library of a
 * format. Nothing here reads or writes a file, and nothing here knows any op.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.exchange;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
