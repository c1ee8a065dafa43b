/**
 * Files: written whole or not at all, models as safetensors, checksums, canonical JSON, pictures.
 *
 * <p>Start at {@link advx.nn.io.AtomicFile}: everything that the program writes goes through it.
 *
 * <pre>
 * body ──▶ .model.safetensors.4711.3.tmp ──fsync──▶ atomic move ──▶ model.safetensors
 *                    │ any failure
 *                    └──▶ deleted; the old target stays as it was
 * </pre>
 */
package advx.nn.io;
