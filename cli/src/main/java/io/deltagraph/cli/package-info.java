/**
 * The command line: arguments, output, exit codes. Each command reads its input, calls the models
 * and prints. Mathematics, training and file formats may not live here.
 */
@NullMarked
package io.deltagraph.cli;

import org.jspecify.annotations.NullMarked;
