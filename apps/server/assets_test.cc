#include "server/assets.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/file.h"

namespace euphone::server {
namespace {

constexpr EmbeddedFile kFile{.path = "/a.js",
                             .type = "text/javascript",
                             .etag = "\"123\"",
                             .content = "content",
                             .gzip = "zip",
                             .lasting = false};

std::string HeaderOf(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(AssetsTest, TheDescriptionOfTheApiIsPartOfTheProgram) {
  const EmbeddedFile* const file = FindEmbedded(EmbeddedFiles(), "/api");
  ASSERT_NE(file, nullptr);
  const auto source = ReadFile(EUPHONE_SOURCE_DIR "/contract/api.openapi.json", 1 << 20);
  ASSERT_TRUE(source);
  EXPECT_EQ(file->content, *source);
  EXPECT_LT(file->gzip.size(), file->content.size());
  EXPECT_EQ(file->type, "application/json");
}

TEST(AssetsTest, AShorterVariantGoesToWhoCanReadIt) {
  const Response plain = AnswerWith(kFile, {});
  EXPECT_EQ(plain.body, "content");
  EXPECT_EQ(HeaderOf(plain, "Content-Encoding"), "");
  const Response zipped = AnswerWith(kFile, {.headers = {{"accept-encoding", "br, gzip;q=0.8"}}});
  EXPECT_EQ(zipped.body, "zip");
  EXPECT_EQ(HeaderOf(zipped, "Content-Encoding"), "gzip");
  EXPECT_EQ(HeaderOf(zipped, "Vary"), "Accept-Encoding");
  EXPECT_EQ(AnswerWith(kFile, {.headers = {{"accept-encoding", "gzip;q=0"}}}).body, "content");
}

TEST(AssetsTest, WhoHasItAlreadyIsToldSo) {
  const Response response = AnswerWith(kFile, {.headers = {{"if-none-match", "\"1\", \"123\""}}});
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(HeaderOf(response, "ETag"), "\"123\"");
}

TEST(AssetsTest, WhatHasItsDigestInItsNameIsKeptForGood) {
  EmbeddedFile file = kFile;
  EXPECT_EQ(HeaderOf(AnswerWith(file, {}), "Cache-Control"), "no-cache");
  file.lasting = true;
  EXPECT_NE(HeaderOf(AnswerWith(file, {}), "Cache-Control").find("immutable"), std::string::npos);
}

}  // namespace
}  // namespace euphone::server
