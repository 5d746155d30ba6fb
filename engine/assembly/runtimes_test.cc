#include "assembly/runtimes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "model/testing/bundle_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;

Bundle ToyForRuntimes() {
  const auto model =
      ReadFile(EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/toy_acoustic.onnx", 100'000);
  const std::string tar = euphone::testing::BundleMaker::Acoustic(model.value()).Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

TEST(Runtimes, AreNamedOnceEach) {
  auto names = RuntimeChoices();
  EXPECT_EQ(names.front(), "auto");
  std::ranges::sort(names);
  EXPECT_TRUE(std::ranges::adjacent_find(names) == names.end());
}

TEST(Runtimes, TheKernelsTakeTheSmallBundleBeforeAllOthers) {
  const Bundle tiny = Bundle::Open(EUPHONE_SOURCE_DIR "/models/en-us-tiny").value();
  EXPECT_EQ(Runtimes().front().name, "kernels");
  EXPECT_TRUE(Runtimes().front().runs(tiny));
  EXPECT_FALSE(Runtimes().front().runs(ToyForRuntimes()));
}

#if EUPHONE_WITH_ONNXRUNTIME
TEST(Runtimes, TheOneThatWasNamedOpensWhatHears) {
  for (const char* name : {"auto", "ort"}) {
    InstallationOptions options;
    options.runtime = name;
    const auto model = OpenAcoustic(ToyForRuntimes(), options);
    EXPECT_TRUE(model) << model.error().message;
  }
}

TEST(Runtimes, AnotherOneIsNotTakenForWhatHears) {
  InstallationOptions options;
  options.runtime = "abacus";
  const auto model = OpenAcoustic(ToyForRuntimes(), options);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kUnsupported);
  EXPECT_THAT(model.error().message,
              HasSubstr("toy: the runtime 'abacus' does not run it; by --runtime auto it is run"));
  EXPECT_THAT(model.error().message, HasSubstr("ort"));
}

#endif

}  // namespace
}  // namespace euphone
