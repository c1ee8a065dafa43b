/**
 * How far an input lies from the decision boundary, along many orthogonal directions, and which
 * classes lie behind it (He, Li, Song: Decision Boundary Analysis of Adversarial Examples, 2018).
 *
 * <pre>
 *  x ── x + s·u ── x + 2s·u ── … ── x + 49s·u      along u₁, u₂, …, −u₁, −u₂, …
 *       class 3    class 3    8!                   distance 2s…, adjacent class 8
 *
 *  BoundarySettings ─┐
 *  Directions ───────┴─ BoundaryAnalysis ──▶ BoundaryProfile, one an input ──▶ BoundarySet
 * </pre>
 *
 * <p>Start reading at {@link advx.attacks.boundary.BoundaryAnalysis}.
 */
package advx.attacks.boundary;
