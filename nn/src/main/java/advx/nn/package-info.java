/** Networks, their training, and the data sets and model files they read and write. */
package advx.nn;
