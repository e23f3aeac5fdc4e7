/**
 * What the design promises about packages, modules and sizes, held by tests. Each rule is also run
 * on fixtures that break it. What an op, a model or the engine computes may not be tested here.
 */
@NullMarked
package io.deltagraph.architecture;

import org.jspecify.annotations.NullMarked;
