/**
 * Pages as values: elements, tables, players and the numbers inside, written as one HTML file that
 * needs nothing else. Whatever is text becomes markup here and nowhere else, so that no name or
 * cell can become an element. What a page is about does not live here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.report.page;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
