package euphone;

import java.util.List;

/** A word of the text, or one that was put in. Times are seconds from the start of the audio. */
public final class Word {
  /** As it is spoken. */
  public final String text;

  /** "none", "mispronounced", "omitted", "inserted", "repeated", "unexpected_pause", "missing_pause". */
  public final String error;

  public final String band;

  /** NaN for inserted and repeated words, and where nothing was scored. */
  public final double accuracy;

  /** How well its stress was placed; NaN where that is not judged. */
  public final double stress;

  public final double start;
  public final double end;
  public final List<Phone> phones;

  Word(String text, String error, String band, double accuracy, double stress, double start, double end, Phone[] phones) {
    this.text = text;
    this.error = error;
    this.band = band;
    this.accuracy = accuracy;
    this.stress = stress;
    this.start = start;
    this.end = end;
    this.phones = List.of(phones);
  }
}
