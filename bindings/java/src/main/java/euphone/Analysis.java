package euphone;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** All that is known about one recording of one text. Nothing of it changes; threads may share it. */
public final class Analysis implements AutoCloseable {
  private final Handle handle;
  private final boolean scored;
  private final Scores scores;
  private final List<Word> words;

  Analysis(long raw) {
    handle = new Handle(raw, Native::freeAnalysis);
    scored = Native.scored(raw);
    scores = Native.scores(raw);
    words = List.of(Native.words(raw));
  }

  /** False where the audio allows no fair score, or another text was said. */
  public boolean scored() {
    return scored;
  }

  public Scores scores() {
    return scores;
  }

  /** In time order; omitted ones where they should have been. */
  public List<Word> words() {
    return words;
  }

  /** The whole result as "json" (contract/analysis.schema.json), "textgrid", "ctm", "csv", "srt", "azure" or "terminal". */
  public String write(String format) {
    return handle.with(raw -> new String(Native.write(raw, Native.utf8(format)), StandardCharsets.UTF_8));
  }

  /** Frees what {@link #write} needs; else the garbage collector does. */
  @Override
  public void close() {
    handle.close();
  }
}
