package advx.nn.data;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How each digit is written: several ways a digit, each a few pen strokes through control points.
 *
 * <p>Points are "x,y" in a box of 100×100, y downwards. A stroke is a smooth curve through its
 * points, with a corner at a point marked "!"; strokes are separated by "|", and one that begins
 * with "o" closes upon itself.
 */
final class Glyphs {
  private static final Pattern STROKES = Pattern.compile(" *\\| *");
  private static final Pattern POINT = Pattern.compile("(\\d+),(\\d+)(!?)");

  /** One pen stroke. */
  static final class Stroke {
    private final int[] x;
    private final int[] y;
    private final boolean[] corner;
    private final boolean closed;

    private Stroke(String text) {
      List<MatchResult> points = POINT.matcher(text).results().toList();
      x = points.stream().mapToInt(point -> Integer.parseInt(point.group(1))).toArray();
      y = points.stream().mapToInt(point -> Integer.parseInt(point.group(2))).toArray();
      corner = new boolean[x.length];
      for (int i = 0; i < corner.length; i++) {
        corner[i] = !points.get(i).group(3).isEmpty();
      }
      closed = text.startsWith("o");
    }

    int points() {
      return x.length;
    }

    int x(int point) {
      return x[point];
    }

    int y(int point) {
      return y[point];
    }

    boolean closed() {
      return closed;
    }

    /** Whether the curve goes on in the same direction: not at a corner, nor at an open end. */
    boolean smoothAt(int point) {
      boolean end = !closed && (point == 0 || point == x.length - 1);
      return !corner[point] && !end;
    }
  }

  /** Ways to write each digit, all equally likely. */
  private static final String[][] TEXT = {
    {
      "o50,0 26,14 17,50 26,86 50,100 74,86 83,50 74,14",
      "o52,0 34,16 28,50 34,84 50,100 67,84 73,50 68,16",
      "62,5 38,4 19,36 22,78 48,100 76,82 82,45 72,12 52,2 40,9",
      "48,2 26,22 20,56 32,92 56,99 78,70 78,34 62,6 44,4",
    },
    {
      "50,0 50,50 50,100",
      "52,0 49,50 46,100",
      "38,19 53,1! 52,50 52,100",
      "41,14 54,0! 51,50 50,100",
      "38,18 52,1! 52,50 52,99 | 32,100 52,99 72,100",
    },
    {
      "20,24 30,6 52,0 74,12 75,34 58,60 38,81 20,99! 50,98 82,97",
      "22,22 34,4 56,0 75,14 73,38 54,66 34,89 20,94 17,84 30,78 50,90 66,98 86,93",
      "24,12 50,0 75,14 70,42 48,70 20,98! 50,96 80,99",
      "26,20 46,1 70,8 72,34 52,62 24,90 36,84 56,92 84,88",
    },
    {
      "22,14 42,0 66,7 71,25 60,41 40,47! 64,52 79,70 70,92 44,100 20,88",
      "22,2 48,2 76,2! 60,22 45,40! 68,48 78,70 66,93 42,100 20,90",
      "24,12 46,0 70,9 69,30 50,45 40,45 48,43 68,54 78,74 66,94 40,100 20,87",
      "26,8 48,0 68,10 64,34 44,46! 68,54 76,76 58,97 28,96",
    },
    {
      "30,0 25,28 19,56! 50,56 84,55 | 66,18 65,60 64,100",
      "64,2 42,33 17,66! 50,66 86,65 | 64,2 64,50 64,100",
      "28,4 24,38 34,55 54,55 74,46 | 75,5 69,55 66,100",
      "34,2 22,52! 48,54 80,50 | 72,6 66,50 58,100",
      "62,0 40,32 18,62! 52,61 82,60 | 60,36 60,70 60,100",
    },
    {
      "76,2 52,2 31,2! 28,24 25,45! 50,38 73,48 78,72 64,95 40,100 18,90",
      "32,3 29,24 26,45! 52,38 75,52 76,80 56,100 20,92 | 32,3 55,3 79,4",
      "74,4 46,2 30,10 29,36 50,45 71,58 73,84 50,100 22,93",
      "80,0 58,4 40,4! 32,40! 54,40 70,54 68,80 48,98 16,96",
    },
    {
      "68,2 44,18 26,50 24,78 42,100 66,94 76,75 62,57 40,60 26,77",
      "58,0 42,22 28,56 25,82 42,100 66,94 73,76 58,62 38,66 27,82",
      "74,12 60,1 39,13 24,48 26,84 48,100 72,88 74,66 54,54 34,63 26,78",
      "50,0 34,34 26,70 36,97 62,95 72,74 54,60 36,68 29,84",
    },
    {
      "20,4 48,4 78,4! 58,50 44,100",
      "20,5 48,4 78,3! 60,46 46,100 | 36,53 52,51 72,50",
      "22,20 23,4! 50,4 78,4! 60,50 42,100",
      "20,11 48,7 78,2! 62,34 51,68 48,100",
      "18,8 44,4 76,8! 64,50 60,100",
    },
    {
      "69,13 50,0 30,12 33,34 56,50 75,70 66,94 44,100 25,86 28,65 50,49 68,32 70,14",
      "o50,0 31,10 31,35 50,46 69,35 69,10 | o50,46 27,59 25,86 50,100 75,86 73,59",
      "74,8 50,1 28,16 38,38 62,54 74,76 56,99 30,92 28,70 48,50 70,30 76,10",
      "o50,2 34,14 36,36 50,48 66,34 64,12 | o50,48 32,64 30,86 48,99 68,88 68,64",
    },
    {
      "73,22 57,2 34,6 24,28 36,47 58,45 73,22! 72,60 69,100",
      "74,24 56,2 32,8 24,30 40,49 62,43 74,22 76,52 67,86 46,100 26,92",
      "72,5 48,0 29,13 26,36 44,49 64,39 72,6! 72,50 71,100",
      "70,16 50,2 32,16 34,38 54,44 70,26 70,14! 64,58 52,100",
    },
  };

  private static final List<List<List<Stroke>>> GLYPHS =
      Arrays.stream(TEXT).map(ways -> Arrays.stream(ways).map(Glyphs::strokes).toList()).toList();

  private Glyphs() {}

  private static List<Stroke> strokes(String text) {
    return STROKES.splitAsStream(text).map(Stroke::new).toList();
  }

  /** The ways to write one digit. */
  static List<List<Stroke>> ways(int digit) {
    return GLYPHS.get(digit);
  }
}
