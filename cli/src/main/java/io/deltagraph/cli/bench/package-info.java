/**
 * Seven training steps that are timed, with weights and batches that any engine can make again, and
 * what measures them. Nothing here prints or reads the command line. A measurement says how it was
 * taken; no test depends on one.
 */
@NullMarked
package io.deltagraph.cli.bench;

import org.jspecify.annotations.NullMarked;
