package io.deltagraph.simd;

/**
 * How the output of a product is cut into units. A small product has blocks of tiles of one panel,
 * where the block stays in the second-level cache. In a large one a few panels stay there while as
 * many tiles as possible stream past them; a part of the terms goes through all of them before the
 * next one, while the sums wait in memory.
 *
 * @param tiles the tiles of a block; the last block has what is left
 * @param blocks how many blocks there are
 * @param panels the panels of a group; the last group has what is left
 * @param groups how many groups there are
 */
record Blocks(int tiles, int blocks, int panels, int groups) {
  /** The most bytes of a block of the first operand: it and a panel stay in the cache. */
  private static final int BLOCK_BYTES = 288 * 1024;

  /** The most bytes of a part of it that streams from the third-level cache. */
  private static final int STREAM_BYTES = 8 * 1024 * 1024;

  /** The most panels that it streams past. */
  private static final int PANELS = 4;

  /** Fewer units leave a worker waiting for another. */
  private static final int ENOUGH = 16;

  /** Blocks of fewer tiles do not make up for what a panel costs. */
  private static final int FEW = 8;

  static Blocks of(Product product) {
    int all = product.size().rows() / product.tileRows();
    int panels = product.panels();
    int bytes = product.dtype().bytes();
    int tile = product.tileRows() * product.partTerms();
    if (product.parts() == 1 && !product.size().isLarge()) {
      return of(all, BLOCK_BYTES / bytes / (tile + 1), panels, 1);
    }
    int most = STREAM_BYTES / bytes / tile;
    int together = Math.clamp(panels / ENOUGH, 1, PANELS);
    Blocks blocks = of(all, most, panels, together);
    while (blocks.tiles > FEW && product.size().batch() * blocks.blocks * blocks.groups < ENOUGH) {
      most = Math.ceilDiv(blocks.tiles, 2);
      blocks = of(all, most, panels, together);
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
