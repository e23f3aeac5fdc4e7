/**
 * Finding ops: loading providers from the class path, modules or given jars, and looking names up.
 * A provider that cannot be loaded is remembered and never takes the others down. Nothing here may
 * switch on the name of an op.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@NullMarked
package io.deltagraph.registry;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
