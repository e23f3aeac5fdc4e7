/**
 * The backend that runs steps by vector instructions: kernels are generated as classes, one for
 * each shape of product, lane program or fold. They give the bits of the plain loops, to which
 * everything is left that has no kernel here. Nothing here decides what is computed together or
 * when: that is the planner's and the runtime's.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
@NullMarked
package io.deltagraph.simd;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
