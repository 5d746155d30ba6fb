package euphone;

/** Says in one line what is wrong and what to do. */
public final class EuphoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** That of {@code euphone}: 1 bad input, 2 usage, 4 damaged installation, 130 stopped. */
  private final int status;

  EuphoneException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
