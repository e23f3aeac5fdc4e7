/**
 * A saved model behind HTTP, on the JDK's own server: rows in, predictions out, as JSON. What is
 * asked too much, too slowly or wrongly is refused with one line that says why. Nothing here may
 * prepare rows or compute predictions itself, or print.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.serving.http;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
