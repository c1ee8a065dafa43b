package advx.peers.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;
import static org.bytedeco.dnnl.global.dnnl.get_effective_cpu_isa;

import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * oneDNN in three ways: the plain call {@code sgemm}; the primitive {@code matmul} on plain
 * row-major operands; and {@code packed}, the primitive with B in the format of its own choice,
 * brought into it beforehand.
 */
public final class OneDnn implements Peer {
  private final Setup setup;

  public OneDnn(Setup setup) {
    this.setup = setup;
  }

  @Override
  public Map<String, String> describe() {
    dnnl_version_t version = dnnl_version();
    return Map.of(
        "version", version.major() + "." + version.minor() + "." + version.patch(),
        "instructions", get_effective_cpu_isa().toString(),
        "call", setup.variant());
  }

  @Override
  public Work work(Subject subject) {
    if (subject instanceof Subject.Sgemm s) {
      return setup.variant().equals("sgemm")
          ? new Call(s)
          : new Primitive(s, setup.variant().equals("packed"));
    }
    throw new UnsupportedOperationException("matrix products only");
  }

  private static float[] sample(Subject.Sgemm s, FloatPointer c) {
    float[] all = new float[s.m() * s.n()];
    c.get(all);
    return Inputs.sample(all);
  }

  private static final class Call implements Work {
    private final Subject.Sgemm s;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;

    Call(Subject.Sgemm s) {
      this.s = s;
      a = new FloatPointer(Inputs.a(s));
      b = new FloatPointer(Inputs.b(s));
      c = new FloatPointer((long) s.m() * s.n());
    }

    @Override
    public void call() {
      dnnl_sgemm(
          (byte) (s.transA() ? 'T' : 'N'),
          (byte) (s.transB() ? 'T' : 'N'),
          s.m(),
          s.n(),
          s.k(),
          1,
          a,
          s.lda(),
          b,
          s.ldb(),
          0,
          c,
          s.n());
    }

    @Override
    public float[] result() {
      return sample(s, c);
    }

    @Override
    public void close() {
      a.close();
      b.close();
      c.close();
    }
  }

  private static final class Primitive implements Work {
    private static final engine ENGINE = new engine(engine.kind.cpu, 0);
    private static final stream STREAM = new stream(ENGINE);

    private final Subject.Sgemm s;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;
    private final matmul primitive;
    private final IntMemoryMap arguments = new IntMemoryMap();

    Primitive(Subject.Sgemm s, boolean packed) {
      this.s = s;
      a = new FloatPointer(Inputs.a(s));
      b = new FloatPointer(Inputs.b(s));
      c = new FloatPointer((long) s.m() * s.n());
      memory.desc aDesc = plain(s.m(), s.k(), s.transA());
      memory.desc bDesc = plain(s.k(), s.n(), s.transB());
      memory.desc cDesc = plain(s.m(), s.n(), false);
      memory.desc any =
          new memory.desc(
              new long[] {s.k(), s.n()}, memory.data_type.f32, memory.format_tag.any, false);
      matmul.primitive_desc made =
          new matmul.primitive_desc(ENGINE, aDesc, packed ? any : bDesc, cDesc);
      memory weights = new memory(bDesc, ENGINE, b);
      if (packed) {
        memory own = new memory(made.weights_desc(), ENGINE);
        new reorder(weights, own).execute(STREAM, weights, own);
        STREAM._wait();
        weights = own;
      }
      primitive = new matmul(made);
      arguments.put(DNNL_ARG_SRC, new memory(aDesc, ENGINE, a));
      arguments.put(DNNL_ARG_WEIGHTS, weights);
      arguments.put(DNNL_ARG_DST, new memory(cDesc, ENGINE, c));
    }

    private static memory.desc plain(long rows, long columns, boolean transposed) {
      return new memory.desc(
          new long[] {rows, columns},
          memory.data_type.f32,
          transposed ? memory.format_tag.ba : memory.format_tag.ab,
          false);
    }

    @Override
    public void call() {
      primitive.execute(STREAM, arguments);
      STREAM._wait();
    }

    @Override
    public float[] result() {
      return sample(s, c);
    }

    @Override
    public void close() {
      arguments.close();
      primitive.close();
      a.close();
      b.close();
      c.close();
    }
  }
}
