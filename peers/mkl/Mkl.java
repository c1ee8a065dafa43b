package advx.peers.mkl;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Get_Max_Threads;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Get_Version_String;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Dynamic;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;

import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/** Intel oneMKL: {@code cblas_sgemm}. */
public final class Mkl implements Peer {
  public Mkl(Setup setup) {
    MKL_Set_Dynamic(0);
    MKL_Set_Num_Threads(setup.threads());
  }

  @Override
  public Map<String, String> describe() {
    byte[] text = new byte[200];
    MKL_Get_Version_String(text, text.length);
    return Map.of(
        "version", new String(text, StandardCharsets.ISO_8859_1).split("\0", 2)[0].trim(),
        "threads", Integer.toString(MKL_Get_Max_Threads()));
  }

  @Override
  public Work work(Subject subject) {
    if (subject instanceof Subject.Sgemm s) {
      return new Product(s);
    }
    throw new UnsupportedOperationException("matrix products only");
  }

  private static final class Product implements Work {
    private final Subject.Sgemm s;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;

    Product(Subject.Sgemm s) {
      this.s = s;
      a = new FloatPointer(Inputs.a(s));
      b = new FloatPointer(Inputs.b(s));
      c = new FloatPointer((long) s.m() * s.n());
    }

    @Override
    public void call() {
      cblas_sgemm(
          CblasRowMajor,
          s.transA() ? CblasTrans : CblasNoTrans,
          s.transB() ? CblasTrans : CblasNoTrans,
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
      float[] all = new float[s.m() * s.n()];
      c.get(all);
      return Inputs.sample(all);
    }

    @Override
    public void close() {
      a.close();
      b.close();
      c.close();
    }
  }
}
