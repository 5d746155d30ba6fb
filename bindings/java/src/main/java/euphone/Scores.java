package euphone;

/** 0 to 100; NaN: not measured, never a guess. */
public final class Scores {
  public final double accuracy;
  public final double fluency;
  public final double completeness;
  public final double prosody;
  public final double total;

  /** Of {@code total}: how far the judges disagree, in points. */
  public final double uncertainty;

  Scores(double accuracy, double fluency, double completeness, double prosody, double total, double uncertainty) {
    this.accuracy = accuracy;
    this.fluency = fluency;
    this.completeness = completeness;
    this.prosody = prosody;
    this.total = total;
    this.uncertainty = uncertainty;
  }
}
