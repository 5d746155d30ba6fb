package euphone;

import java.lang.ref.Cleaner;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** What native code made, freed once: by close(), else when nobody has it any more. Never while a call uses it. */
final class Handle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Cleaner.Cleanable freeing;
  private long raw;

  Handle(long raw, LongConsumer free) {
    this.raw = raw;
    freeing = CLEANER.register(this, () -> free.accept(raw));
  }

  <T> T with(LongFunction<T> use) {
    lock.readLock().lock();
    try {
      if (raw == 0) throw new IllegalStateException("this was closed already");
      return use.apply(raw);
    } finally {
      lock.readLock().unlock();
      java.lang.ref.Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      raw = 0;
      freeing.clean();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
