package io.deltagraph.simd;

/**
 * How the output of a product is cut into units, which threads share: a unit is a block of tiles of
 * a group of panels. In a small product, a group is one panel, and a block stays in the
 * second-level cache. In a large product, one part of a few panels stays there, and a block has as
 * many tiles as possible.
 *
 * @param tilesOfBlock the tiles of a block; the last one has what is left
 * @param blocks the number of blocks
 * @param panelsOfGroup the panels of a group; the last one has what is left
 * @param groups the number of groups
 */
record ProductBlocks(int tilesOfBlock, int blocks, int panelsOfGroup, int groups) {
  /** The most bytes of a block of the first operand: it and a panel fit into the second cache. */
  private static final int BLOCK_BYTES = 288 * 1024;

  /** The most bytes of a part of the first operand, which comes from the third-level cache. */
  private static final int STREAM_BYTES = 8 * 1024 * 1024;

  /** The most panels of a group. */
  private static final int MOST_PANELS = 4;

  /** With fewer units, a thread may have to wait long for another one. */
  private static final int ENOUGH_UNITS = 16;

  /** Blocks of this number of tiles are not made smaller: loading a panel would not pay. */
  private static final int FEW_TILES = 8;

  static ProductBlocks of(ProductTiling tiling) {
    ProductMatrices.Sizes sizes = tiling.matrices().sizes();
    int tiles = sizes.rows() / tiling.tileRows();
    int panels = tiling.panels();
    int bytes = tiling.matrices().dtype().bytes();
    int tile = tiling.tileRows() * tiling.partTerms();
    if (tiling.parts() == 1 && !sizes.isLarge()) {
      return of(tiles, BLOCK_BYTES / bytes / (tile + 1), panels, 1);
    }
    int most = STREAM_BYTES / bytes / tile;
    int together = Math.clamp(panels / ENOUGH_UNITS, 1, MOST_PANELS);
    ProductBlocks blocks = of(tiles, most, panels, together);
    while (blocks.tilesOfBlock > FEW_TILES
        && sizes.batch() * blocks.blocks * blocks.groups < ENOUGH_UNITS) {
      most = Math.ceilDiv(blocks.tilesOfBlock, 2);
      blocks = of(tiles, most, panels, together);
    }
    return blocks;
  }

  private static ProductBlocks of(int tiles, int mostTiles, int panels, int mostPanels) {
    int ofBlock = evenly(tiles, Math.clamp(mostTiles, Math.min(2, tiles), tiles));
    int ofGroup = evenly(panels, mostPanels);
    return new ProductBlocks(
        ofBlock, Math.ceilDiv(tiles, ofBlock), ofGroup, Math.ceilDiv(panels, ofGroup));
  }

  /** The size of pieces of about equal size, as few as possible, of at most {@code most}. */
  private static int evenly(int all, int most) {
    return Math.ceilDiv(all, Math.ceilDiv(all, most));
  }
}
