import euphone.Engine;
import java.io.DataInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Follows a reader: samples in, events out. Here they come from standard input, 16 kHz mono float as this machine writes them. Argument: what is read. */
final class Listen {
  public static void main(String[] arguments) throws Exception {
    try (var engine = Engine.open();
        var live = engine.listen(arguments[0]);
        var input = new DataInputStream(System.in)) {
      final byte[] bytes = new byte[6400];
      for (int read; (read = input.readNBytes(bytes, 0, bytes.length)) > 0; ) {
        final float[] samples = new float[read / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer().get(samples);
        live.push(samples, samples.length);
        for (String event; (event = live.poll(0)) != null; ) System.out.println(event);
      }
      live.finish();
      for (String event; (event = live.poll(0)) != null; ) System.out.println(event);
    }
  }
}
