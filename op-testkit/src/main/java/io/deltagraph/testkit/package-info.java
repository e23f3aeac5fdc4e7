/**
 * The contract that every op is held to: shapes, finite differences, second order, registration.
 * Authors of plugins use it from JUnit as this project does. Tests of a single op may not live
 * here.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@NullMarked
package io.deltagraph.testkit;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
