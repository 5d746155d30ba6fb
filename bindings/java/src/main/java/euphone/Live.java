package euphone;

import java.nio.charset.StandardCharsets;

/** Follows a reader while he speaks: samples in, events out, each a line of JSON (contract/live_event.schema.json). One thread may push while another polls. */
public final class Live implements AutoCloseable {
  private final Handle handle;

  Live(long raw) {
    handle = new Handle(raw, Native::freeLive);
  }

  /** The next samples, copied. Never waits. */
  public void push(float[] samples, int count) {
    handle.with(
        raw -> {
          Native.push(raw, samples, count);
          return null;
        });
  }

  /** The next event, waited for up to {@code milliseconds}; null where none has come, and always after "stopped". */
  public String poll(int milliseconds) {
    final byte[] event = handle.with(raw -> Native.poll(raw, milliseconds));
    return event == null ? null : new String(event, StandardCharsets.UTF_8);
  }

  /** No more samples will come: returns when all were heard and judged. */
  public void finish() {
    handle.with(
        raw -> {
          Native.finish(raw);
          return null;
        });
  }

  @Override
  public void close() {
    handle.close();
  }
}
