/**
 * The pages of the lecture: each trains with the engine when it is made, and plays what happened.
 * What is trained, what is kept of it and how it is drawn lives here, one page in one file. How a
 * page becomes HTML, and whatever is about a reader's own run, may not.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.report.lecture;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
