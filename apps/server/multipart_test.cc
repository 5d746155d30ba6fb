#include "server/multipart.h"

#include <gtest/gtest.h>

#include <string>

namespace euphone::server {
namespace {

constexpr const char* kForm =
    "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nI think so.\r\n"
    "--XX\r\ncontent-type: audio/wav\r\ncontent-disposition: form-data; name=audio; "
    "filename=\"a;b.wav\"\r\n\r\nRI\r\nFF\r\n--XX--\r\n";

TEST(MultipartTest, FieldsHaveTheirNamesAndBytes) {
  const auto form = ParseForm(kForm, "XX");
  ASSERT_TRUE(form) << form.error().message;
  ASSERT_EQ(form->size(), 2U);
  EXPECT_EQ(FindField(*form, "text")->content, "I think so.");
  EXPECT_EQ(FindField(*form, "audio")->content, "RI\r\nFF");
  EXPECT_EQ(FindField(*form, "other"), nullptr);
}

TEST(MultipartTest, TheBoundaryMayStandInQuotes) {
  EXPECT_EQ(BoundaryOf("multipart/form-data; boundary=\"a b\""), "a b");
  EXPECT_EQ(BoundaryOf("Multipart/Form-Data; charset=utf-8; Boundary=x"), "x");
  EXPECT_EQ(BoundaryOf("text/plain; boundary=x"), "");
  EXPECT_EQ(BoundaryOf("multipart/form-data"), "");
  EXPECT_EQ(BoundaryOf("multipart/form-data; boundary=" + std::string(71, 'x')), "");
}

TEST(MultipartTest, EveryPrefixOfAFormIsRefusedAndNothingIsReadBeyondIt) {
  const std::string form(kForm);
  const std::size_t whole = form.size() - 2;  // The last line break may be missing.
  for (std::size_t length = 0; length < whole; ++length)
    EXPECT_FALSE(ParseForm(std::string(form, 0, length), "XX")) << length;
  EXPECT_TRUE(ParseForm(std::string(form, 0, whole), "XX"));
}

TEST(MultipartTest, AFormWithTooManyFieldsIsRefused) {
  std::string form;
  for (int i = 0; i < 17; ++i) form += "--XX\r\n\r\n\r\nx\r\n";
  EXPECT_FALSE(ParseForm(form + "--XX--", "XX"));
}

}  // namespace
}  // namespace euphone::server
