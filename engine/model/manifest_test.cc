#include "model/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "model/testing/bundle_maker.h"
#include "model/testing/recogniser_maker.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

Json Sound() { return testing::BundleMaker::Acoustic("weights").manifest; }

TEST(Manifest, GivesTheTypedFieldsOfAnAcousticBundle) {
  const auto manifest = ParseManifest(Sound().dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& entry = std::get<AcousticEntry>(manifest->model);
  EXPECT_EQ(entry.spec.name, "toy-acoustic");
  EXPECT_EQ(entry.spec.version, "1.0.0");
  EXPECT_EQ(entry.spec.grid.rate.hz, 16000);
  EXPECT_EQ(entry.spec.grid.hop, 160);
  EXPECT_EQ(entry.spec.grid.first_centre, 80);
  EXPECT_EQ(entry.spec.min_samples, 160);
  EXPECT_EQ(entry.spec.max_samples, 160000);
  EXPECT_THAT(entry.spec.classes, ::testing::ElementsAre("<blank>", "AA", "B"));
  EXPECT_EQ(manifest->Find(FileRole::kModel)->path, "model.onnx");
  EXPECT_EQ(manifest->Find(FileRole::kCalibration), nullptr);
  EXPECT_EQ(manifest->licences.at(0).spdx, "MIT");
  EXPECT_EQ(manifest->provenance.created, "2026-01-31");
  EXPECT_DOUBLE_EQ(manifest->accuracy.at(0).value, 99.5);
  EXPECT_EQ(manifest->self_test.expected_frames, "test/frames.f32");
}

TEST(Manifest, GivesTheTypedFieldsOfAG2pBundle) {
  const auto manifest = ParseManifest(testing::BundleMaker::Grapheme("weights").manifest.dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& entry = std::get<GraphemeEntry>(manifest->model);
  EXPECT_EQ(entry.input, "letters");
  EXPECT_THAT(entry.spec.letters, ::testing::ElementsAre("<pad>", "a", "b", "c"));
  EXPECT_EQ(entry.spec.classes.at(1), "AA0");
  EXPECT_EQ(manifest->self_test.expected_frames, "");
}

Json Scored() { return testing::BundleMaker::Scored("weights", "more weights").manifest; }

TEST(Manifest, GivesTheTypedFieldsOfAScorer) {
  const auto manifest = ParseManifest(Scored().dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& acoustic = std::get<AcousticEntry>(manifest->model);
  EXPECT_EQ(acoustic.features, "features");
  EXPECT_EQ(acoustic.spec.feature_width, 2u);
  ASSERT_TRUE(manifest->scorer);
  EXPECT_EQ(manifest->scorer->spec.feature_width, 2u);
  EXPECT_EQ(manifest->scorer->spec.classes, 3u);
  EXPECT_EQ(manifest->scorer->sentence_scores, "sentence_scores");
  EXPECT_EQ(manifest->scorer->prosody, "prosody");
  EXPECT_EQ(manifest->Find(FileRole::kScorer)->path, "scorer.onnx");
  EXPECT_EQ(manifest->self_test.expected_features, "test/features.f32");
}

Json Streaming() { return testing::BundleMaker::Streaming("weights").manifest; }

TEST(Manifest, TellsHowAModelForLiveSpeechIsFed) {
  const auto manifest = ParseManifest(Streaming().dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& entry = std::get<AcousticEntry>(manifest->model);
  EXPECT_EQ(entry.spec.grid.hop, 160);
  EXPECT_EQ(entry.spec.classes.size(), 3u);
  const StreamEntry& stream = entry.stream.value();
  EXPECT_EQ(stream.spec.overlap_samples, 40);
  EXPECT_EQ(stream.spec.chunk_steps, 4u);
  EXPECT_EQ(stream.states.at(0).output, "seen_out");
  EXPECT_EQ(manifest->live_bundle, "");
}

TEST(Manifest, NamesTheBundleThatHearsLiveSpeechInItsPlace) {
  Json json = Sound();
  json["live"] = {{"bundle", "en-us-tiny"}};
  const auto manifest = ParseManifest(json.dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  EXPECT_EQ(manifest->live_bundle, "en-us-tiny");
}

TEST(Manifest, NeedsNoScorer) {
  const auto manifest = ParseManifest(Sound().dump());
  EXPECT_FALSE(manifest->scorer);
  EXPECT_EQ(manifest->Find(FileRole::kScorer), nullptr);
  EXPECT_EQ(std::get<AcousticEntry>(manifest->model).spec.feature_width, 0u);
}

/// A damage and the field that the message must name.
struct Damage {
  const char* what;
  void (*apply)(Json&);
  const char* message;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.what; }

class DamagedManifest : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedManifest, IsRefusedNamingTheField) {
  Json json = Sound();
  GetParam().apply(json);
  const auto manifest = ParseManifest(json.dump());
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().code, Errc::kCorrupt);
  EXPECT_THAT(manifest.error().message, HasSubstr(GetParam().message));
}

constexpr Damage kDamages[] = {
    {"no name", [](Json& j) { j.erase("name"); }, "name: is missing"},
    {"a name that is a number", [](Json& j) { j["name"] = 3; }, "name: must be a name"},
    {"a name with a slash", [](Json& j) { j["name"] = "../x"; }, "name: must be a name"},
    {"an odd version", [](Json& j) { j["version"] = "1.02.3"; }, "version: must be"},
    {"an odd language", [](Json& j) { j["language"] = "English"; }, "language: must be"},
    {"a terminal escape", [](Json& j) { j["summary"] = "\x1b[2J"; }, "summary: must be one line"},
    {"an unknown kind", [](Json& j) { j["kind"] = "vision"; },
     "kind: must be acoustic, g2p, recogniser or embedding"},
    {"the section of the other kind", [](Json& j) { j["g2p"] = Json::object(); },
     "g2p: is not a field"},
    {"no section of its kind", [](Json& j) { j.erase("acoustic"); }, "acoustic: is missing"},
    {"files that are no list", [](Json& j) { j["files"] = "all"; }, "files: must be a list"},
    {"no files", [](Json& j) { j["files"].clear(); }, "files: must be a list of 1 to 64"},
    {"a path out of the bundle", [](Json& j) { j["files"][0]["path"] = "../../etc/passwd"; },
     "files[0].path: must be a relative path"},
    {"an absolute path", [](Json& j) { j["files"][0]["path"] = "/etc/passwd"; },
     "files[0].path: must be a relative path"},
    {"a path with two slashes", [](Json& j) { j["files"][0]["path"] = "a//b"; },
     "files[0].path: must be a relative path"},
    {"a path with a zero byte", [](Json& j) { j["files"][0]["path"] = std::string("a\0b", 3); },
     "files[0].path: must be a relative path"},
    {"the same path twice", [](Json& j) { j["files"][1]["path"] = j["files"][0]["path"]; },
     "files[1].path: model.onnx is there twice"},
    {"itself among its files", [](Json& j) { j["files"][1]["path"] = "manifest.json"; },
     "files[1].path: manifest.json is there twice"},
    {"two models", [](Json& j) { j["files"][1]["role"] = "model"; }, "files[1].role: only one"},
    {"no model", [](Json& j) { j["files"][0]["role"] = "card"; }, "files: must hold one file"},
    {"an unknown role", [](Json& j) { j["files"][0]["role"] = "virus"; }, "files[0].role: must be"},
    {"a huge file", [](Json& j) { j["files"][0]["bytes"] = 1ULL << 40; },
     "files[0].bytes: must be"},
    {"a size beyond 63 bits", [](Json& j) { j["files"][0]["bytes"] = ~0ULL; }, "files[0].bytes"},
    {"a negative size", [](Json& j) { j["files"][0]["bytes"] = -1; }, "files[0].bytes: must be"},
    {"a fractional size", [](Json& j) { j["files"][0]["bytes"] = 1.5; }, "files[0].bytes: must be"},
    {"files too large together",
     [](Json& j) {
       for (auto& file : j["files"]) file["bytes"] = 256 << 20;
     },
     "files: must be at most 512 MiB"},
    {"a short digest", [](Json& j) { j["files"][0]["sha256"] = "abc"; }, "files[0].sha256: must"},
    {"an upper-case digest", [](Json& j) { j["files"][0]["sha256"] = std::string(64, 'A'); },
     "files[0].sha256: must"},
    {"a rate of zero", [](Json& j) { j["acoustic"]["rate_hz"] = 0; }, "acoustic.rate_hz: must"},
    {"a hop over a second", [](Json& j) { j["acoustic"]["hop_samples"] = 16001; },
     "acoustic.hop_samples: must be a whole number, 1 to 16000"},
    {"min over max", [](Json& j) { j["acoustic"]["min_samples"] = 160001; },
     "acoustic.min_samples: must be a whole number, 1 to 160000"},
    {"clips of an hour", [](Json& j) { j["acoustic"]["max_samples"] = 16000 * 3600; },
     "acoustic.max_samples: must"},
    {"no output name", [](Json& j) { j["acoustic"]["outputs"].erase("ctc"); },
     "acoustic.outputs.ctc: is missing"},
    {"an extra output", [](Json& j) { j["acoustic"]["outputs"]["pitch"] = "f0"; },
     "acoustic.outputs.pitch: is not a field"},
    {"no blank", [](Json& j) { j["acoustic"]["classes"][0] = "AE"; },
     "acoustic.classes[0]: must be <blank>"},
    {"a class twice", [](Json& j) { j["acoustic"]["classes"][2] = "AA"; },
     "acoustic.classes[2]: is there twice"},
    {"a class in IPA", [](Json& j) { j["acoustic"]["classes"][1] = "ɑ"; },
     "acoustic.classes[1]: must be"},
    {"no tolerance", [](Json& j) { j["self_test"]["tolerance"] = 0; }, "self_test.tolerance: must"},
    {"an unlisted self-test", [](Json& j) { j["self_test"]["input"] = "none"; },
     "self_test.input: must be listed in files with the role self_test"},
    {"weights as a licence", [](Json& j) { j["licences"][0]["file"] = "model.onnx"; },
     "licences[0].file: must be listed in files with the role licence"},
    {"no licence", [](Json& j) { j["licences"].clear(); }, "licences: must be a list of 1 to 32"},
    {"an odd date", [](Json& j) { j["provenance"]["created"] = "31.1.2026"; },
     "provenance.created: must be a date"},
    {"a source that is a text", [](Json& j) { j["provenance"]["trained_on"][0] = "TIMIT"; },
     "provenance.trained_on[0]: must be an object"},
    {"a figure in words", [](Json& j) { j["accuracy"][0]["value"] = "good"; },
     "accuracy[0].value: must be a number"},
    {"a misspelt field", [](Json& j) { j["licenses"] = 1; }, "licenses: is not a field"},
};
INSTANTIATE_TEST_SUITE_P(Each, DamagedManifest, ::testing::ValuesIn(kDamages));

class DamagedScorer : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedScorer, IsRefusedNamingTheField) {
  Json json = Scored();
  GetParam().apply(json);
  const auto manifest = ParseManifest(json.dump());
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().code, Errc::kCorrupt);
  EXPECT_THAT(manifest.error().message, HasSubstr(GetParam().message));
}

constexpr Damage kScorerDamages[] = {
    {"features without a width", [](Json& j) { j["acoustic"].erase("feature_width"); },
     "acoustic.feature_width: is missing"},
    {"a width without features",
     [](Json& j) {
       j.erase("scorer");
       j["acoustic"]["outputs"].erase("features");
     },
     "acoustic.feature_width: is not a field"},
    {"features too wide", [](Json& j) { j["acoustic"]["feature_width"] = 4097; },
     "acoustic.feature_width: must be a whole number, 1 to 4096"},
    {"no features",
     [](Json& j) {
       j["acoustic"].erase("feature_width");
       j["acoustic"]["outputs"].erase("features");
     },
     "scorer: needs acoustic.outputs.features"},
    {"no file of the scorer", [](Json& j) { j["files"].back()["role"] = "card"; },
     "scorer: needs a file with the role scorer"},
    {"a file without a section", [](Json& j) { j.erase("scorer"); },
     "files: hold a scorer, but the manifest has no section scorer"},
    {"two scorers", [](Json& j) { j["files"][1]["role"] = "scorer"; }, ".role: only one"},
    {"a scorer that is a text", [](Json& j) { j["scorer"] = "good"; }, "scorer: must be an object"},
    {"no input for spans", [](Json& j) { j["scorer"]["inputs"].erase("spans"); },
     "scorer.inputs.spans: is missing"},
    {"prosody terms without an input", [](Json& j) { j["scorer"]["inputs"].erase("prosody"); },
     "scorer.inputs.prosody: is missing"},
    {"an input for prosody without terms", [](Json& j) { j["scorer"]["prosody_terms"].clear(); },
     "scorer.inputs.prosody: is not a field"},
    {"an odd term", [](Json& j) { j["scorer"]["prosody_terms"][0] = "Log-Duration"; },
     "scorer.prosody_terms[0]: must be a term such as log_duration"},
    {"no output for the sentence", [](Json& j) { j["scorer"]["outputs"].erase("sentence"); },
     "scorer.outputs.sentence: is missing"},
    {"an unknown output", [](Json& j) { j["scorer"]["outputs"]["mood"] = "mood"; },
     "scorer.outputs.mood: is not a field"},
    {"an unknown word score", [](Json& j) { j["scorer"]["word_scores"][1] = "charm"; },
     "scorer.word_scores[1]: must be accuracy, stress or total"},
    {"words without accuracy", [](Json& j) { j["scorer"]["word_scores"].erase(0); },
     "scorer.word_scores: must hold accuracy"},
    {"a sentence score twice", [](Json& j) { j["scorer"]["sentence_scores"][2] = "fluency"; },
     "scorer.sentence_scores[2]: is there twice"},
    {"room for no phone", [](Json& j) { j["scorer"]["max_phones"] = 0; },
     "scorer.max_phones: must be a whole number, 1 to 4096"},
    {"unlisted features of the self-test",
     [](Json& j) { j["self_test"]["expected"]["features"] = "none"; },
     "self_test.expected.features: must be listed"},
};
INSTANTIATE_TEST_SUITE_P(Each, DamagedScorer, ::testing::ValuesIn(kScorerDamages));

class DamagedStream : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedStream, IsRefusedNamingTheField) {
  Json json = Streaming();
  GetParam().apply(json);
  const auto manifest = ParseManifest(json.dump());
  ASSERT_FALSE(manifest) << GetParam().what;
  EXPECT_THAT(manifest.error().message, ::testing::HasSubstr(GetParam().message))
      << GetParam().what;
}

const Damage kStreamDamages[] = {
    {"steps off the grid", [](Json& j) { j["acoustic"]["stream"]["step_samples"] = 150; },
     "acoustic.stream.step_samples: must be step_frames times acoustic.hop_samples"},
    {"no state", [](Json& j) { j["acoustic"]["stream"]["states"].clear(); },
     "acoustic.stream.states"},
    {"a state without extent",
     [](Json& j) { j["acoustic"]["stream"]["states"][0]["shape"][0] = 0; },
     "acoustic.stream.states[0].shape[0]: must be a whole number, 1 to 65536"},
    {"a state of gigabytes",
     [](Json& j) {
       j["acoustic"]["stream"]["states"][0]["shape"] = {65536, 65536, 65536, 65536, 65536};
     },
     "acoustic.stream.states[0].shape: must hold at most 4194304 numbers"},
    {"a stream that needs longer clips", [](Json& j) { j["acoustic"]["min_samples"] = 199; },
     "acoustic.stream: needs longer clips than acoustic.min_samples"},
    {"another bundle for live speech besides",
     [](Json& j) {
       j["live"] = {{"bundle", "tiny"}};
     },
     "live: names a bundle, but acoustic.stream is there"},
    {"a path in place of a name",
     [](Json& j) {
       j["live"] = {{"bundle", "../tiny"}};
     },
     "live.bundle: "},
    {"nothing named", [](Json& j) { j["live"] = Json::object(); }, "live.bundle: is missing"},
    {"more than a name",
     [](Json& j) {
       j["live"] = {{"bundle", "tiny"}, {"input", "pcm"}};
     },
     "live.input"},
};
INSTANTIATE_TEST_SUITE_P(Each, DamagedStream, ::testing::ValuesIn(kStreamDamages));

Json Recognising() { return testing::Recognising("w", "more", "tokens").manifest; }

TEST(Manifest, GivesTheTypedFieldsOfARecogniser) {
  const auto manifest = ParseManifest(Recognising().dump());
  ASSERT_TRUE(manifest) << manifest.error().message;
  const auto& entry = std::get<RecogniserEntry>(manifest->model);
  EXPECT_EQ(entry.spec.name, "toy-recogniser");
  EXPECT_EQ(entry.spec.rate.hz, 16000);
  EXPECT_EQ(entry.spec.max_samples, 32000);
  EXPECT_DOUBLE_EQ(entry.spec.tokens_per_second, 50.0);
  EXPECT_EQ(entry.heard_mask, "heard_mask");
  EXPECT_EQ(entry.head_width, 6);
  EXPECT_EQ(entry.end_token, 2);
  EXPECT_EQ(manifest->Find(FileRole::kDecoder)->path, "decoder.onnx");
  EXPECT_EQ(manifest->Find(FileRole::kTokens)->path, "tokens.bin");
  EXPECT_EQ(manifest->self_test.expected_text, "a na");
  EXPECT_EQ(manifest->self_test.expected_ctc, "");
}

class DamagedRecogniser : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedRecogniser, IsRefusedNamingTheField) {
  Json json = Recognising();
  GetParam().apply(json);
  const auto manifest = ParseManifest(json.dump());
  ASSERT_FALSE(manifest) << GetParam().what;
  EXPECT_THAT(manifest.error().message, HasSubstr(GetParam().message)) << GetParam().what;
}

Json& RoleOf(Json& json, const char* path) {
  for (Json& file : json["files"]) {
    if (file["path"] == path) return file["role"];
  }
  return json["no such file"];
}

const Damage kRecogniserDamages[] = {
    {"no decoder", [](Json& j) { RoleOf(j, "decoder.onnx") = "card"; },
     "recogniser: needs a file with the role decoder"},
    {"no tokens", [](Json& j) { RoleOf(j, "tokens.bin") = "card"; },
     "recogniser: needs a file with the role tokens"},
    {"two decoders", [](Json& j) { RoleOf(j, "tokens.bin") = "decoder"; },
     ".role: only one file can have this role"},
    {"tokens in another bundle",
     [](Json& j) {
       j = Sound();
       j["files"].back()["role"] = "tokens";
     },
     "files: hold one with the role tokens, which a bundle of this kind has not"},
    {"runs under a second", [](Json& j) { j["recogniser"]["max_samples"] = 15999; },
     "recogniser.max_samples: must be a whole number, 16000 to 9600000"},
    {"no name for the mask", [](Json& j) { j["recogniser"]["encoder"].erase("mask"); },
     "recogniser.encoder.mask: is missing"},
    {"no layers", [](Json& j) { j["recogniser"]["decoder"]["layers"] = 0; },
     "recogniser.decoder.layers: must be a whole number, 1 to 64"},
    {"a token below zero", [](Json& j) { j["recogniser"]["decoder"]["end_token"] = -1; },
     "recogniser.decoder.end_token: must be"},
    {"an unknown field", [](Json& j) { j["recogniser"]["decoder"]["beam"] = 4; },
     "recogniser.decoder.beam: is not a field"},
    {"endless tokens", [](Json& j) { j["recogniser"]["tokens_per_second"] = 1000; },
     "recogniser.tokens_per_second: must be"},
    {"no text to expect", [](Json& j) { j["self_test"]["expected"].erase("text"); },
     "self_test.expected.text: is missing"},
    {"a tolerance", [](Json& j) { j["self_test"]["tolerance"] = 0.1; },
     "self_test.tolerance: is not a field"},
    {"a text in another bundle",
     [](Json& j) {
       j = Sound();
       j["self_test"]["expected"]["text"] = "a";
     },
     "self_test.expected.text: is not a field"},
    {"a scorer", [](Json& j) { j["scorer"] = Json::object(); }, "scorer: is not a field"},
};
INSTANTIATE_TEST_SUITE_P(Each, DamagedRecogniser, ::testing::ValuesIn(kRecogniserDamages));

TEST(Manifest, RefusesWhatIsNotJson) {
  EXPECT_EQ(ParseManifest("").error().code, Errc::kCorrupt);
  EXPECT_EQ(ParseManifest("{\"format\": 1").error().code, Errc::kCorrupt);
  EXPECT_EQ(ParseManifest("[1]").error().message, "document: must be an object");
}

TEST(Manifest, AsksForAnUpdateWhenTheFormatIsNewer) {
  Json json = Sound();
  json["format"] = 2;
  const auto manifest = ParseManifest(json.dump());
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().code, Errc::kUnsupported);
}

TEST(Manifest, RefusesAnOversizedText) {
  EXPECT_EQ(ParseManifest(std::string(kMaxManifestBytes + 1, ' ')).error().code, Errc::kTooLarge);
}

TEST(Manifest, SurvivesDeepNesting) {
  EXPECT_FALSE(ParseManifest(std::string(500'000, '[')));
  EXPECT_FALSE(ParseManifest(std::string(400'000, '[') + std::string(400'000, ']')));
}

}  // namespace
}  // namespace euphone
