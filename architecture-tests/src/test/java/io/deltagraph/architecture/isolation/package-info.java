/**
 * Shows that one bad plugin takes nothing else down. Each case is a real jar, compiled and written
 * by the test. Nothing here may reach the engine other than a stranger's jar or program does.
 */
@NullMarked
package io.deltagraph.architecture.isolation;

import org.jspecify.annotations.NullMarked;
