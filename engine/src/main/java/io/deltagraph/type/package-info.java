/**
 * What a value is, before any number is known: element types, dimensions, shapes. Everything here
 * is an immutable record without behaviour beyond shape arithmetic. Nothing here may know of
 * tensors, graphs or ops.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@NullMarked
package io.deltagraph.type;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
