/**
 * What is measured: {@code shapes.txt} lists it, {@link advx.bench.work.Works} says what each
 * subject stands for, and a {@link advx.bench.work.Work} is one kernel at one shape, with what it
 * costs and a check that it is right. The JMH suite, the roofline, the guard and the run in fresh
 * JVMs all measure these.
 */
package advx.bench.work;
