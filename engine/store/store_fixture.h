#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "store/days.h"
#include "store/judgement.h"
#include "store/store.h"
#include "store/takes.h"

namespace euphone::fixture {

/// A document with one sound for each of `sounds`: "TH:20:S" was said like S, "AH0:90" was right,
/// "T:0:-" was dropped. `words` takes one sound each, in turn.
std::string Document(const std::vector<std::string>& words, const std::vector<std::string>& sounds,
                     double total, const std::string& model = "test 1");

/// A second of a tone in 16 bits; another one for each pitch.
std::vector<float> Tone(double hz);

NewTake TakeOf(LearnerId learner, std::int64_t said_ms, const std::string& text,
               const std::string& document);

/// A store in a folder of its own, which goes away with the test.
class StoreTest : public ::testing::Test {
 protected:
  explicit StoreTest(KeyKind kind = KeyKind::kKeyFile);
  ~StoreTest() override;

  Store Open() const;
  LearnerId Learner(const std::string& name);
  TakeId Add(LearnerId learner, std::int64_t said_ms, const std::string& text, double hz = 440.0);
  std::vector<std::filesystem::path> AudioFiles() const;
  /// Whether these bytes are in any file of the store.
  bool FilesHold(const std::string& bytes) const;

  std::filesystem::path root_;
  KeyGivers givers_;
  Store store_;
};

}  // namespace euphone::fixture
