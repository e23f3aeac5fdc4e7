/**
 * Drawings as SVG: charts with axes, heat maps, scattered points and pictures of pixels. Each is a
 * value that gives one figure, in colours that can be told apart, with symbols and dashes beside
 * them. Where the numbers come from is not known here.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.report.drawing;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
