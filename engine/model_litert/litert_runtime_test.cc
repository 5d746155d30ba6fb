#include "model_litert/litert_runtime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

using ::testing::HasSubstr;

TEST(LiteRtRuntime, SaysPlainlyThatItsLibraryIsMissing) {
  const auto runtime = LiteRtRuntime::Load("libLiteRtThatNobodyHas.so");
  ASSERT_FALSE(runtime);
  EXPECT_EQ(runtime.error().code, Errc::kNotFound);
  EXPECT_THAT(runtime.error().message, HasSubstr("LiteRT cannot be loaded: libLiteRtThat"));
  EXPECT_THAT(runtime.error().message, HasSubstr("EUPHONE_WITH_LITERT"));
}

TEST(LiteRtRuntime, RefusesALibraryThatIsSomethingElse) {
  const auto runtime = LiteRtRuntime::Load("libm.so.6");
  ASSERT_FALSE(runtime);
  EXPECT_EQ(runtime.error().code, Errc::kUnsupported);
  EXPECT_THAT(runtime.error().message, HasSubstr("libm.so.6 lacks LiteRt"));
}

}  // namespace
}  // namespace euphone
