/**
 * Derivations as pages: those that are explained, and those that are marked. A page shows what the
 * derivation or its marking has found, line by line, and finds nothing itself. Runs do not live
 * here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.report.derivation;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
