/** Runs what README.md says. */
package io.deltagraph.readme;
