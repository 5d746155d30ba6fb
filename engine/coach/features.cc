#include "coach/features.h"

#include <string_view>

namespace euphone {
namespace {

void Compare(std::vector<Feature>& found, bool differs, Feature feature) {
  if (differs) found.push_back(feature);
}

std::string OfPlace(std::string_view place) {
  if (place == "bilabial") return "Close both lips for it.";
  if (place == "labiodental") return "Rest your top teeth on your bottom lip for it.";
  if (place == "dental") return "Let the tip of your tongue come between your teeth for it.";
  if (place == "alveolar")
    return "Bring the tip of your tongue to the ridge behind your top teeth.";
  if (place == "postalveolar")
    return "Pull the tongue back from the teeth a little, and round your lips.";
  if (place == "palatal") return "Lift the middle of your tongue, as for \"ee\".";
  if (place == "velar") return "Lift the back of your tongue; its tip stays down.";
  if (place == "labial-velar") return "Make your lips a small circle; no teeth touch them.";
  return "Let nothing touch; only breathe out.";
}

std::string OfManner(std::string_view manner) {
  if (manner == "plosive") return "Stop the air for a moment, then let it go at once.";
  if (manner == "fricative")
    return "Do not stop the air: let it flow and rub through a narrow gap.";
  if (manner == "affricate") return "Stop the air first, then let it rub through a narrow gap.";
  if (manner == "nasal")
    return "Close the mouth where the sound is made and hum through your nose.";
  if (manner == "lateral") return "Keep the tip of your tongue up; the air goes out at its sides.";
  return "Come close, but touch nothing: the air flows freely.";
}

std::string OfHeight(std::string_view expected, std::string_view heard) {
  constexpr std::string_view kFromBelow[] = {"low", "mid", "near-high", "high"};
  for (const std::string_view height : kFromBelow) {
    if (height == expected) return "Open your mouth more, and let the tongue sink.";
    if (height == heard) break;
  }
  return "Close your mouth a little, and lift the tongue.";
}

std::string OfGlide(std::string_view glide) {
  if (glide == "front") return "Do not stay on one sound: move on to a short \"ee\".";
  if (glide == "back") return "Do not stay on one sound: move on to small round lips.";
  return "Stay on one sound: mouth and tongue do not move.";
}

std::string OfBackness(std::string_view backness) {
  if (backness == "front") return "Push your tongue forward.";
  if (backness == "back") return "Pull your tongue back.";
  return "Let your tongue rest in the middle of the mouth.";
}

}  // namespace

std::vector<Feature> DifferenceOf(const PhoneInfo& one, const PhoneInfo& other) {
  std::vector<Feature> found;
  Compare(found, one.vowel != other.vowel, Feature::kKind);
  if (!found.empty()) return found;
  Compare(found, one.voiced != other.voiced, Feature::kVoice);
  Compare(found, one.manner != other.manner, Feature::kManner);
  Compare(found, one.place != other.place, Feature::kPlace);
  Compare(found, one.rhotic != other.rhotic, Feature::kRhotic);
  Compare(found, one.glide != other.glide, Feature::kGlide);
  Compare(found, one.tense != other.tense, Feature::kLength);
  Compare(found, one.rounded != other.rounded, Feature::kRounding);
  Compare(found, one.height != other.height, Feature::kHeight);
  Compare(found, one.backness != other.backness, Feature::kBackness);
  return found;
}

std::string TipFromFeatures(const PhoneInfo& expected, const PhoneInfo& heard) {
  const std::vector<Feature> differences = DifferenceOf(expected, heard);
  switch (differences.empty() ? Feature::kKind : differences.front()) {
    case Feature::kKind:
      return expected.vowel ? "Open your mouth and let your voice flow; nothing stops it."
                            : OfPlace(expected.place);
    case Feature::kVoice:
      return expected.voiced ? "Use your voice: with a hand on your throat you should feel it buzz."
                             : "Leave your voice out: only air.";
    case Feature::kManner:
      return OfManner(expected.manner);
    case Feature::kPlace:
      return OfPlace(expected.place);
    case Feature::kRhotic:
      return expected.rhotic
                 ? "Pull the tongue back, let its tip touch nothing, and hold the \"r\"."
                 : "Leave the \"r\" out: the tongue lies flat.";
    case Feature::kGlide:
      return OfGlide(expected.glide);
    case Feature::kLength:
      return expected.tense ? "Make it longer, with firm muscles." : "Make it short and relaxed.";
    case Feature::kRounding:
      return expected.rounded ? "Round your lips." : "Keep your lips loose, not round.";
    case Feature::kHeight:
      return OfHeight(expected.height, heard.height);
    case Feature::kBackness:
      break;
  }
  return OfBackness(expected.backness);
}

}  // namespace euphone
