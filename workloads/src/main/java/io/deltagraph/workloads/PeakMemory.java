package io.deltagraph.workloads;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** The most memory that the JVM's pools held since a moment: objects, code and classes. */
final class PeakMemory {
  private PeakMemory() {}

  /** Starts anew from what is held now; garbage is collected before. */
  static void reset() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The sum of the pools' peaks in bytes, which need not have been at one time. */
  static long bytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
