#include "assembly/deferred_grapheme_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <vector>

#include "assembly/runtimes.h"
#include "base/file.h"
#include "model/testing/bundle_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using Ids = std::vector<std::int64_t>;

Bundle ToyLetters() {
  const std::string path = EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/toy_g2p.onnx";
  const std::string tar =
      euphone::testing::BundleMaker::Grapheme(ReadFile(path, 100'000).value()).Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

Result<std::unique_ptr<GraphemeModel>> OpenByDefault(const Bundle& bundle) {
  return OpenGraphemes(bundle, {});
}

TEST(DeferredGraphemeModel, AnswersAsTheOpenedOneOnAnyThread) {
  const auto opened = OpenByDefault(ToyLetters());
  const auto deferred = DeferGraphemeModel(ToyLetters(), OpenByDefault);
  ASSERT_TRUE(opened && deferred);
  EXPECT_EQ((*deferred)->spec().letters, (*opened)->spec().letters);
  const Matrix expected = (*opened)->Run(Ids{2, 1, 3}).value();
  std::vector<std::thread> threads;
  std::vector<Matrix> answers(4);
  for (Matrix& answer : answers)
    threads.emplace_back([&] { answer = (*deferred)->Run(Ids{2, 1, 3}).value(); });
  for (std::thread& thread : threads) thread.join();
  for (const Matrix& answer : answers) EXPECT_EQ(answer.values, expected.values);
}

TEST(DeferredGraphemeModel, SaysWhatIsWrongWhenItIsNeeded) {
  const std::string tar = euphone::testing::BundleMaker::Grapheme("no network").Tar();
  const auto model =
      DeferGraphemeModel(Bundle::Read(std::as_bytes(std::span(tar)), "toy").value(), OpenByDefault);
  ASSERT_TRUE(model);
  for (int time = 0; time < 2; ++time) {
    const auto answer = (*model)->Run(Ids{1});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::kCorrupt);
    EXPECT_THAT(answer.error().message, HasSubstr("toy: model.onnx"));
  }
}

}  // namespace
}  // namespace euphone
