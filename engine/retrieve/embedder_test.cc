#include "retrieve/embedder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "model/bundle.h"
#include "model/token_list.h"

namespace euphone {
namespace {

/// Tells only what its tokens were.
class Echo final : public SentenceEncoder {
 public:
  Echo() {
    const auto bundle = Bundle::Open(EUPHONE_SOURCE_DIR "/models/en-embedder").value();
    spec_ = std::get<EmbeddingEntry>(bundle.manifest().model).spec;
    pieces_ = TokenList::Parse(bundle.bytes("tokens.bin")).value().pieces();
  }
  const SentenceEncoderSpec& spec() const override { return spec_; }
  const std::vector<std::string>& pieces() const override { return pieces_; }
  Result<std::vector<float>> Run(std::span<const std::int64_t> tokens) const override {
    return std::vector<float>(tokens.begin(), tokens.end());
  }

 private:
  SentenceEncoderSpec spec_;
  std::vector<std::string> pieces_;
};

/// What stands for a text on a line: \\xNN for bytes that are no visible ASCII, and for "\\".
std::string Unescaped(const std::string& written) {
  std::string text;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '\\') {
      text += written[i];
      continue;
    }
    text += static_cast<char>(std::stoi(written.substr(i + 2, 2), nullptr, 16));
    i += 3;
  }
  return text;
}

// testdata/word_pieces.tsv: `python -m euphone_train.embed golden`, by the published tokenizer.
TEST(Embedder, CutsAThousandTextsAsThePublishedTokenizerDoes) {
  const Embedder embedder(std::make_shared<Echo>());
  std::ifstream golden(EUPHONE_SOURCE_DIR "/engine/retrieve/testdata/word_pieces.tsv");
  int texts = 0;
  for (std::string line; std::getline(golden, line); ++texts) {
    const std::size_t tab = line.find('\t');
    std::istringstream numbers(line.substr(tab));
    const std::vector<float> tokens{std::istream_iterator<float>(numbers), {}};
    EXPECT_EQ(embedder.Embed(Unescaped(line.substr(0, tab))).value(), tokens) << line;
  }
  EXPECT_EQ(texts, 1000);
}

}  // namespace
}  // namespace euphone
