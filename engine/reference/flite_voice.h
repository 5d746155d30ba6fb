#pragma once

#include <memory>
#include <span>
#include <string>

#include "lexicon/lexicon.h"
#include "reference/reference_voice.h"

namespace euphone {

/// A voice of flite that this program links.
struct FliteVoiceInfo {
  std::string_view name;         ///< "slt"
  std::string_view description;  ///< "a woman, American English"
};

/// The default one first.
std::span<const FliteVoiceInfo> FliteVoices();

/// A synthetic voice: flite's statistical voices (Black 2006, CLUSTERGEN) with the words read by
/// our text rules and said with our lexicon's phones, so that a learner hears what is scored. A few
/// function words have their weak forms inside a sentence. Slow speech is predicted with longer
/// sounds, not stretched afterwards.
/// The same text gives the same samples, unless another library draws from the C library's rand()
/// meanwhile, which is seeded here.
/// Thread: as ReferenceVoice; flite keeps state of its own, so one lock guards all voices of the
/// process. About 60 times faster than real time. Memory: 10 MB for a voice, shared; 60 kB for each
/// second while it speaks.
class FliteVoice : public ReferenceVoice {
 public:
  /// `name`: one of FliteVoices(); empty: the first. The lexicon must be English. Fails: kNotFound,
  /// listing the voices; kUnsupported (another language).
  static Result<std::unique_ptr<FliteVoice>> Create(std::shared_ptr<const Lexicon> lexicon,
                                                    std::string_view name = "");
  ~FliteVoice() override;

  Result<Reference> Say(std::string_view text, Pace pace) override;
  Result<Reference> SayPhones(std::string_view text, std::span<const Phone> phones,
                              Pace pace) override;

 private:
  struct Voice;
  struct Token;
  FliteVoice(std::shared_ptr<const Lexicon> lexicon, std::unique_ptr<Voice> voice);
  Result<Token> TokenOf(const Script& script, const SentenceSpan& sentence, std::size_t word) const;
  Status Speak(std::span<const Token> tokens, Pace pace, Reference& out) const;

  std::shared_ptr<const Lexicon> lexicon_;
  std::unique_ptr<Voice> voice_;
};

}  // namespace euphone
