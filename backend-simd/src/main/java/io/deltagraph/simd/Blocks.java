package io.deltagraph.simd;

/**
 * How the output of a product is cut into what stays in the second-level cache. Without parts, a
 * unit is a block of tiles of one panel. With parts, it is a block of tiles of a few panels: a part
 * of the terms goes through all of them before the next one, while the sums wait in memory.
 *
 * @param tiles the tiles of a block; the last block has what is left
 * @param blocks how many blocks there are
 * @param panels the panels of a group; the last group has what is left
 * @param groups how many groups there are
 */
record Blocks(int tiles, int blocks, int panels, int groups) {
  /** The most bytes of a block of the first operand: it and a panel stay in the cache. */
  private static final int BLOCK_BYTES = 288 * 1024;

  /** The most bytes of a part of it, where a panel should meet as many rows as it can. */
  private static final int PART_BYTES = 528 * 1024;

  /** The most panels beside such a part. */
  private static final int PANELS = 2;

  /** Fewer units leave a worker waiting for another. */
  private static final int ENOUGH = 16;

  static Blocks of(Product product) {
    int all = product.size().rows() / product.tileRows();
    int panels = product.panels();
    int bytes = product.dtype().bytes();
    int tile = product.tileRows() * product.partTerms();
    if (product.parts() == 1) {
      return of(all, BLOCK_BYTES / bytes / (tile + 1), panels, 1);
    }
    int most = PART_BYTES / bytes / tile;
    Blocks blocks = of(all, most, panels, PANELS);
    while (blocks.tiles > 4 && product.size().batch() * blocks.blocks * blocks.groups < ENOUGH) {
      most = Math.ceilDiv(blocks.tiles, 2);
      blocks = of(all, most, panels, PANELS);
    }
    return blocks;
  }

  private static Blocks of(int allTiles, int mostTiles, int allPanels, int mostPanels) {
    int tiles = evenly(allTiles, Math.clamp(mostTiles, Math.min(2, allTiles), allTiles));
    int panels = evenly(allPanels, mostPanels);
    return new Blocks(
        tiles, Math.ceilDiv(allTiles, tiles), panels, Math.ceilDiv(allPanels, panels));
  }

  private static int evenly(int all, int most) {
    return Math.ceilDiv(all, Math.ceilDiv(all, most));
  }
}
