/**
 * The report of a run as a page: verdict, the net and its backward pass, checks, curves, the model.
 * All of it is written from the run's record; what a drawing needs besides is computed here when
 * the page is made, never during the run. Nothing is trained here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.report.run;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
