/**
 * Finding plugins of every kind, from the class path, modules or given jars, and looking ops up by
 * name. A provider that cannot be loaded is remembered and never takes the others down. Nothing
 * here may switch on the name of an op or know what a kind of plugin is for.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@NullMarked
package io.deltagraph.registry;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
