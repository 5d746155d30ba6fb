#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "installation.h"
#include "model/recogniser.h"
#include "reference/reference_voice.h"

namespace euphone::cli {

/// What a user asks of a talk by voice.
struct ChatVoiceOptions {
  std::string device;  ///< Microphone, as OpenMicrophone() has it.
  std::string voice;   ///< Who speaks; empty: the first there is.
};

/// Listens and speaks in a talk. What is said stays in memory, and is written down on this device:
/// only its text goes on. Thread: one.
class ChatVoice {
 public:
  /// Fails: kNotFound where no recogniser is installed, saying how to get it; as its parts do.
  static Result<ChatVoice> Open(const ChatVoiceOptions& options,
                                const InstallationOptions& installation);

  enum class Heard { kWords, kNothing, kInterrupted };

  /// Waits until somebody has spoken and is silent, and writes down what was said. Fails: as the
  /// microphone and the recogniser.
  Result<Heard> Listen(std::string& text);

  /// Reads a text out; Ctrl-C ends that. Fails: as ReferenceVoice::Say and the loudspeaker.
  Status Speak(const std::string& text);

  /// Whether these words end a talk: "Goodbye.", "stop".
  static bool IsFarewell(const std::string& text);

 private:
  ChatVoice(std::string device, std::shared_ptr<const Recogniser> recogniser,
            std::shared_ptr<ReferenceVoice> voice)
      : device_(std::move(device)), recogniser_(std::move(recogniser)), voice_(std::move(voice)) {}

  std::string device_;
  std::shared_ptr<const Recogniser> recogniser_;
  std::shared_ptr<ReferenceVoice> voice_;
};

}  // namespace euphone::cli
