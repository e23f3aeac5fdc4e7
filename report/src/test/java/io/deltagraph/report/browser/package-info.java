/**
 * A real Chromium that tests drive over its DevTools protocol. What opens pages, presses keys and
 * looks at what came of it lives here. What is on the pages may not.
 */
@NullMarked
package io.deltagraph.report.browser;

import org.jspecify.annotations.NullMarked;
