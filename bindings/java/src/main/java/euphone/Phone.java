package euphone;

/** A sound of a word. Times are seconds from the start of the audio. */
public final class Phone {
  /** "TH", without stress. */
  public final String arpabet;

  public final String ipa;

  /** "right", "substituted", "dropped", "distorted", "not_sure"; null where the scorer claims nothing. */
  public final String claim;

  /** The phone that was said instead; null unless it is "substituted". */
  public final String said;

  /** "clear", "slightly_accented", "hard_to_understand", "not_as_written", "not_sure". */
  public final String band;

  public final double score;
  public final double start;
  public final double end;

  /** Of a vowel: 1 primary, 2 secondary, 0 none; -1 of a consonant. */
  public final int stress;

  Phone(String arpabet, String ipa, String claim, String said, String band, double score, double start, double end, int stress) {
    this.arpabet = arpabet;
    this.ipa = ipa;
    this.claim = claim;
    this.said = said;
    this.band = band;
    this.score = score;
    this.start = start;
    this.end = end;
    this.stress = stress;
  }
}
