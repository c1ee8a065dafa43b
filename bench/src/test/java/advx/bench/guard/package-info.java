/**
 * What must not get worse: run by {@code mvn verify -Pguard}, and by no other build.
 *
 * <pre>
 *  AllocationGuard   no call allocates, no step more than its operations' records
 *  SpeciesTest       vectors get their species from constants alone (in every build, too)
 *  ReceiverTest      no loop calls on a vector that it carries (in every build, too)
 *  RatioGuard        each vector kernel is so many times as fast as its scalar twin
 *  PeakGuard         products and steps reach such a share of the peak measured beside them
 * </pre>
 *
 * <p>All compare within one JVM, in turns, the best of many. A machine that cannot decide a
 * question is told so by name, and the test is skipped. Floors stand in {@link
 * advx.bench.guard.Floors}, each with its reason.
 */
package advx.bench.guard;
