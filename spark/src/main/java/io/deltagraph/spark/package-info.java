/**
 * Training on a Spark cluster: rows are brought into shards, and each step asks all shards at once.
 * What a step computes and how it is added up lives in {@code training}; here are only the ways
 * between the processes. Nothing else of this project may need Spark.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.spark;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
