/**
 * The contract that every op is held to: shapes, finite differences, second order, registration.
 * Authors of plugins use it from JUnit as this project does. Tests of a single op may not live
 * here.
 */
@NullMarked
package io.deltagraph.testkit;

import org.jspecify.annotations.NullMarked;
