/**
 * All built-in ops on all backends, side by side. Only here do the two come together: neither knows
 * the other. What a single backend does with a step is for that backend's own tests.
 */
@NullMarked
package io.deltagraph.architecture.backends;

import org.jspecify.annotations.NullMarked;
