#pragma once

namespace euphone {

/// Points standard error nowhere while one of these lives: ALSA and JACK print their searches
/// there, and PortAudio, when a device goes away, its own source lines. For the whole process;
/// several may live at a time, on any threads. Where it cannot be done nothing changes.
class QuietErrors {
 public:
  QuietErrors();
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
  ~QuietErrors();

  /// Where standard error really goes meanwhile, for what a person should see; valid while this
  /// lives. -1 where there is none.
  int descriptor() const;
};

}  // namespace euphone
