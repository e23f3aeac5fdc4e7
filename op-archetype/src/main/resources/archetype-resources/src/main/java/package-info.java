/** The ops of this plugin. The package is not exported: the engine finds them as services. */
package ${package};
