#include "report/names.h"

namespace euphone {

std::string_view Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kScored:
      return "scored";
    case Verdict::kWithheld:
      return "withheld";
    case Verdict::kWrongText:
      return "wrong_text";
  }
  return "";
}

std::string_view Name(TextSource source) {
  switch (source) {
    case TextSource::kWritten:
      return "written";
    case TextSource::kRecognised:
      return "recognised";
  }
  return "";
}

std::string_view Name(ContentKind kind) {
  switch (kind) {
    case ContentKind::kWhole:
      return "whole";
    case ContentKind::kPart:
      return "part";
    case ContentKind::kTwice:
      return "twice";
    case ContentKind::kOther:
      return "other";
  }
  return "";
}

std::string_view Name(Band band) {
  switch (band) {
    case Band::kClear:
      return "clear";
    case Band::kSlightlyAccented:
      return "slightly_accented";
    case Band::kHardToUnderstand:
      return "hard_to_understand";
    case Band::kNotAsWritten:
      return "not_as_written";
    case Band::kNotSure:
      return "not_sure";
  }
  return "";
}

std::string_view Name(WordError error) {
  switch (error) {
    case WordError::kNone:
      return "none";
    case WordError::kMispronounced:
      return "mispronounced";
    case WordError::kOmitted:
      return "omitted";
    case WordError::kInserted:
      return "inserted";
    case WordError::kRepeated:
      return "repeated";
    case WordError::kUnexpectedPause:
      return "unexpected_pause";
    case WordError::kMissingPause:
      return "missing_pause";
  }
  return "";
}

std::string_view Name(Claim claim) {
  switch (claim) {
    case Claim::kRight:
      return "right";
    case Claim::kSubstituted:
      return "substituted";
    case Claim::kDropped:
      return "dropped";
    case Claim::kDistorted:
      return "distorted";
    case Claim::kNotSure:
      return "not_sure";
  }
  return "";
}

std::string_view Name(Certainty certainty) {
  switch (certainty) {
    case Certainty::kRight:
      return "right";
    case Certainty::kWrong:
      return "wrong";
    case Certainty::kNotSure:
      return "not_sure";
  }
  return "";
}

std::string_view Name(Origin origin) {
  switch (origin) {
    case Origin::kLexicon:
      return "lexicon";
    case Origin::kUser:
      return "user";
    case Origin::kInline:
      return "inline";
    case Origin::kWeakForm:
      return "weak_form";
    case Origin::kSpelled:
      return "spelled";
    case Origin::kG2p:
      return "g2p";
  }
  return "";
}

std::string_view Name(FindingKind kind) {
  switch (kind) {
    case FindingKind::kEmpty:
      return "empty";
    case FindingKind::kTooShort:
      return "too_short";
    case FindingKind::kSilent:
      return "silent";
    case FindingKind::kTooQuiet:
      return "too_quiet";
    case FindingKind::kClipped:
      return "clipped";
    case FindingKind::kDropouts:
      return "dropouts";
    case FindingKind::kMicrophoneChanged:
      return "microphone_changed";
    case FindingKind::kNoisy:
      return "noisy";
    case FindingKind::kBandLimited:
      return "band_limited";
    case FindingKind::kDcOffset:
      return "dc_offset";
    case FindingKind::kTruncated:
      return "truncated";
    case FindingKind::kNotSpeech:
      return "not_speech";
  }
  return "";
}

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kSevere:
      return "severe";
  }
  return "";
}

std::string_view Name(FocusKind kind) {
  switch (kind) {
    case FocusKind::kReadAll:
      return "read_all";
    case FocusKind::kSound:
      return "sound";
    case FocusKind::kOmittedWord:
      return "omitted_word";
    case FocusKind::kExtraWord:
      return "extra_word";
    case FocusKind::kReadOnce:
      return "read_once";
    case FocusKind::kRepeatedWord:
      return "repeated_word";
    case FocusKind::kStress:
      return "stress";
    case FocusKind::kUnneededPause:
      return "unneeded_pause";
    case FocusKind::kFall:
      return "fall";
    case FocusKind::kRise:
      return "rise";
    case FocusKind::kPolish:
      return "polish";
  }
  return "";
}

std::string_view Name(PraiseKind kind) {
  switch (kind) {
    case PraiseKind::kAllClear:
      return "all_clear";
    case PraiseKind::kHardSound:
      return "hard_sound";
    case PraiseKind::kClearWord:
      return "clear_word";
    case PraiseKind::kComplete:
      return "complete";
  }
  return "";
}

std::string_view Name(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::kStress:
      return "stress";
    case PlaceKind::kPause:
      return "pause";
    case PlaceKind::kLink:
      return "link";
    case PlaceKind::kFall:
      return "fall";
    case PlaceKind::kRise:
      return "rise";
  }
  return "";
}

std::string_view Name(Movement movement) {
  switch (movement) {
    case Movement::kFall:
      return "fall";
    case Movement::kLevel:
      return "level";
    case Movement::kRise:
      return "rise";
  }
  return "";
}

std::string_view Name(AskedMovement movement) {
  switch (movement) {
    case AskedMovement::kFall:
      return "fall";
    case AskedMovement::kRise:
      return "rise";
    case AskedMovement::kAny:
      return "any";
  }
  return "";
}

std::string_view Name(BreakKind kind) {
  switch (kind) {
    case BreakKind::kUnexpected:
      return "unexpected";
    case BreakKind::kMissing:
      return "missing";
  }
  return "";
}

std::string_view Name(DrillKind kind) {
  switch (kind) {
    case DrillKind::kWord:
      return "word";
    case DrillKind::kPair:
      return "pair";
    case DrillKind::kSentence:
      return "sentence";
  }
  return "";
}

std::string_view Name(SoundPlace place) {
  switch (place) {
    case SoundPlace::kInitial:
      return "initial";
    case SoundPlace::kMedial:
      return "medial";
    case SoundPlace::kFinal:
      return "final";
    case SoundPlace::kCluster:
      return "cluster";
  }
  return "";
}

}  // namespace euphone
