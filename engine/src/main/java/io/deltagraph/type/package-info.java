/**
 * What a value is, before any number is known: element types, dimensions, shapes. Everything here
 * is an immutable record without behaviour beyond shape arithmetic. Nothing here may know of
 * tensors, graphs or ops.
 */
@NullMarked
package io.deltagraph.type;

import org.jspecify.annotations.NullMarked;
