#include "http/printable.h"

#include <gtest/gtest.h>

namespace euphone::http {
namespace {

TEST(Printable, LetsNoEscapeSequenceThrough) {
  EXPECT_EQ(Printable("a\033[31mb\033]0;title\007c\rd\be"), "a[31mb]0;titlecde");
  EXPECT_EQ(Printable("a\xC2\x9B"
                      "31mb\x9B"
                      "c\x7F"),
            "a31mbc");
}

TEST(Printable, KeepsTextAndItsLines) {
  EXPECT_EQ(Printable("θ – ‘ð’ 😀\tx\ny"), "θ – ‘ð’ 😀\tx\ny");
}

TEST(Printable, LeavesOutWhatTurnsTheDirectionAndWhatIsNoText) {
  EXPECT_EQ(Printable("a\u202Eb\u2066c\u200Fd"), "abcd");
  EXPECT_EQ(Printable("a\xC3("), "a(");
  EXPECT_EQ(Printable("a\xF0\x9F\x98"), "a");
}

TEST(OneLine, JoinsLinesAndCutsBetweenCharacters) {
  EXPECT_EQ(OneLine(" a \n\n b\tc ", 100), "a b c");
  EXPECT_EQ(OneLine("ééé", 3), "é…");
  EXPECT_EQ(OneLine("ééé", 6), "ééé");
}

}  // namespace
}  // namespace euphone::http
