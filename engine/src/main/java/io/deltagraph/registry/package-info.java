/**
 * Finding ops: loading providers from the class path, modules or given jars, and looking names up.
 * A provider that cannot be loaded is remembered and never takes the others down. Nothing here may
 * switch on the name of an op.
 */
@NullMarked
package io.deltagraph.registry;

import org.jspecify.annotations.NullMarked;
