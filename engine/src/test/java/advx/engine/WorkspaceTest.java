package advx.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import advx.testing.Allocation;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  @Test
  void theNextStepGetsTheSameBuffers() {
    Workspace workspace = new Workspace();
    Tensor a = workspace.tensor(3, 4);
    Tensor b = workspace.tensor(3, 4);
    int[] i = workspace.indices(5);
    assertNotSame(a, b);
    a.fill(7);
    workspace.rewind();
    assertSame(a, workspace.tensor(3, 4));
    assertSame(b, workspace.tensor(3, 4));
    assertSame(i, workspace.indices(5));
    assertEquals(7, a.get(2, 3));
    assertNotSame(b, workspace.tensor(3, 4));
  }

  @Test
  void anotherShapeReplacesOneBuffer() {
    Workspace workspace = new Workspace();
    Tensor a = workspace.tensor(3, 4);
    Tensor b = workspace.tensor(2);
    int[] i = workspace.indices(5);
    workspace.rewind();
    Tensor c = workspace.tensor(4, 3);
    assertNotSame(a, c);
    assertArrayEquals(new int[] {4, 3}, c.shape());
    assertSame(b, workspace.tensor(2));
    assertNotSame(i, workspace.indices(6));
    workspace.rewind();
    assertSame(c, workspace.tensor(4, 3));
  }

  @Test
  void everyRank() {
    Workspace workspace = new Workspace();
    int[][] shapes = {{}, {5}, {5, 1}, {2, 3, 4}, {2, 1, 3, 2}, {1, 2, 1, 2, 3}};
    Tensor[] first = new Tensor[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      first[i] = workspace.any(shapes[i]);
      assertArrayEquals(shapes[i], first[i].shape());
    }
    workspace.rewind();
    for (int i = 0; i < shapes.length; i++) {
      assertSame(first[i], workspace.like(Tensor.zeros(shapes[i])));
    }
    // As many numbers, yet another shape.
    workspace.rewind();
    assertNotSame(first[0], workspace.tensor(1));
    assertNotSame(first[1], workspace.tensor(1, 5));
  }

  @Test
  void aWarmStepAllocatesNothing() {
    Workspace workspace = new Workspace();
    Tensor model = Tensor.zeros(2, 3);
    Allocation.assertNone(
        "a step of a workspace",
        () -> {
          workspace.rewind();
          workspace.scalar();
          workspace.tensor(7);
          workspace.like(model);
          workspace.tensor(2, 3, 4);
          workspace.tensor(2, 3, 4, 5);
          workspace.indices(9);
        });
  }
}
