package advx.peers.openblas;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

import advx.peers.work.Inputs;
import advx.peers.work.Peer;
import advx.peers.work.Setup;
import advx.peers.work.Subject;
import advx.peers.work.Work;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;

/** OpenBLAS: {@code cblas_sgemm}. */
public final class OpenBlas implements Peer {
  public OpenBlas(Setup setup) {
    blas_set_num_threads(setup.threads());
  }

  @Override
  public Map<String, String> describe() throws IOException {
    return Map.of(
        "version", Loader.getVersion("org.bytedeco", "openblas"),
        "threads", Integer.toString(blas_get_num_threads()));
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
