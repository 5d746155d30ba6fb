package euphone;

import java.nio.charset.StandardCharsets;

/** src/main/c/euphone_jni.c. Text goes across as UTF-8, for Java's own form of it is another one. */
final class Native {
  static {
    final String named = System.getProperty("euphone.library");
    if (named == null) System.loadLibrary("euphone_jni");
    else System.load(named);
  }

  private Native() {}

  static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  static native long openEngine(byte[] data, byte[] language, byte[] model, byte[] scorer, byte[] lexicon, byte[] runtime, int threads);

  static native void freeEngine(long engine);

  static native String model(long engine);

  static native long analyze(long engine, float[] samples, int rate, byte[] text);

  static native long analyzeFile(long engine, byte[] path, byte[] text);

  static native void freeAnalysis(long analysis);

  static native boolean scored(long analysis);

  static native Scores scores(long analysis);

  static native Word[] words(long analysis);

  static native byte[] write(long analysis, byte[] format);

  static native long listen(long engine, byte[] text, int rate, boolean reproducible);

  static native void push(long live, float[] samples, int count);

  static native byte[] poll(long live, int milliseconds);

  static native void finish(long live);

  static native void freeLive(long live);
}
