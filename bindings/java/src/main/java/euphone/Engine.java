package euphone;

import java.nio.file.Path;

/**
 * Models, dictionary and coach, opened once (about 0.1 s, 100 MB). Threads may share it. Calls work in the thread that makes them: not in that of an Android app's screen.
 */
public final class Engine implements AutoCloseable {
  private final Handle handle;

  private Engine(long raw) {
    handle = new Handle(raw, Native::freeEngine);
  }

  /** The usual model, found in $EUPHONE_DATA or beside the library. */
  public static Engine open() {
    return open(new Options());
  }

  public static Engine open(Options options) {
    return new Engine(
        Native.openEngine(
            Native.utf8(options.data),
            Native.utf8(options.language),
            Native.utf8(options.model),
            Native.utf8(options.scorer),
            Native.utf8(options.lexicon),
            Native.utf8(options.runtime),
            options.threads));
  }

  /** "name version" of the bundle that judges. */
  public String model() {
    return handle.with(Native::model);
  }

  /** Judges a reading of {@code text}: mono samples in [-1, 1] at {@code rate} Hz. */
  public Analysis analyze(float[] samples, int rate, String text) {
    return new Analysis(handle.with(raw -> Native.analyze(raw, samples, rate, Native.utf8(text))));
  }

  /** The same of a file: WAV, AIFF, FLAC, Ogg (Vorbis, Opus), MP3. */
  public Analysis analyze(Path file, String text) {
    return new Analysis(handle.with(raw -> Native.analyzeFile(raw, Native.utf8(file.toString()), Native.utf8(text))));
  }

  /** Follows a reader of {@code text}, at 16 kHz. */
  public Live listen(String text) {
    return listen(text, 16000, false);
  }

  /** {@code reproducible}: the same audio gives the same events, byte by byte. */
  public Live listen(String text, int rate, boolean reproducible) {
    return new Live(handle.with(raw -> Native.listen(raw, Native.utf8(text), rate, reproducible)));
  }

  @Override
  public void close() {
    handle.close();
  }

  /** What is null or 0 has its default. */
  public static final class Options {
    private String data;
    private String language;
    private String model;
    private String scorer;
    private String lexicon;
    private String runtime;
    private int threads;

    /** Folder with packs/ and models/. */
    public Options data(Path folder) {
      data = folder.toString();
      return this;
    }

    public Options language(String name) {
      language = name;
      return this;
    }

    /** Bundle: a name in the folder or a path. */
    public Options model(String name) {
      model = name;
      return this;
    }

    /** "auto", "learned" or "gop". */
    public Options scorer(String name) {
      scorer = name;
      return this;
    }

    /** File with pronunciations of your own. */
    public Options lexicon(Path file) {
      lexicon = file.toString();
      return this;
    }

    /** What runs the models. */
    public Options runtime(String name) {
      runtime = name;
      return this;
    }

    /** Of one analysis, 1 to 64. */
    public Options threads(int count) {
      threads = count;
      return this;
    }
  }
}
