/**
 * The layers, one file each, named in {@link advx.nn.layer.LayerTable}.
 *
 * <p>To add one: write its class, add its line to the table.
 */
package advx.nn.layer;
