#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/digest.h"

namespace euphone::testing {

/// The numbers as a bundle holds them.
template <class T>
std::string RawBytes(const std::vector<T>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T)};
}

/// A bundle in the making: a sound one that a test then damages at will.
struct BundleMaker {
  nlohmann::json manifest;
  std::map<std::string, std::string> files;

  /// Puts a file into the bundle and, with size and digest, into the manifest.
  void Add(const std::string& path, const std::string& role, const std::string& content) {
    files[path] = content;
    manifest["files"].push_back({{"path", path},
                                 {"role", role},
                                 {"bytes", content.size()},
                                 {"sha256", Sha256Hex(std::as_bytes(std::span(content)))}});
  }

  /// What every kind of bundle has; its own section and the self-test are missing.
  static BundleMaker Common(const std::string& kind, const std::string& name,
                            const std::string& model) {
    BundleMaker maker;
    maker.manifest = nlohmann::json::parse(R"({
      "format": 1, "version": "1.0.0", "language": "en-US", "summary": "A toy", "files": [],
      "licences": [{"part": "everything", "spdx": "MIT", "file": "LICENSE"}],
      "provenance": {"created": "2026-01-31", "made_by": "a unit test", "derived_from": [],
                     "trained_on": [{"name": "nothing", "licence": "none"}]},
      "accuracy": [{"measure": "phone error rate", "value": 99.5, "unit": "%", "data": "toys"}]})");
    maker.manifest["kind"] = kind;
    maker.manifest["name"] = name;
    maker.Add("model.onnx", "model", model);
    maker.Add("LICENSE", "licence", "Do as you like.\n");
    return maker;
  }

  /// Fits toy_acoustic.onnx: three classes, a frame every 160 samples. The reference run is one of
  /// silence, whose answer is the same in every frame.
  static BundleMaker Acoustic(const std::string& model) {
    BundleMaker maker = Common("acoustic", "toy-acoustic", model);
    maker.manifest["acoustic"] = nlohmann::json::parse(R"({
      "rate_hz": 16000, "hop_samples": 160, "first_centre_sample": 80,
      "min_samples": 160, "max_samples": 160000, "input": "pcm",
      "outputs": {"ctc": "ctc", "frames": "frames"}, "classes": ["<blank>", "AA", "B"]})");
    maker.manifest["self_test"] = nlohmann::json::parse(R"({
      "input": "test/input.f32", "tolerance": 1e-4,
      "expected": {"ctc": "test/ctc.f32", "frames": "test/frames.f32"}})");
    maker.Add("test/input.f32", "self_test", RawBytes(std::vector<float>(320, 0.0F)));
    maker.Add("test/ctc.f32", "self_test", TwoRowsOf({-1.2943F, -1.2943F, -0.7943F}));
    maker.Add("test/frames.f32", "self_test", TwoRowsOf({-1.5514F, -1.5514F, -0.5514F}));
    return maker;
  }

  /// The same with two features for each frame and toy_scorer.onnx, whose two members judge by
  /// them.
  static BundleMaker Scored(const std::string& model, const std::string& scorer) {
    BundleMaker maker = Acoustic(model);
    maker.manifest["acoustic"]["outputs"]["features"] = "features";
    maker.manifest["acoustic"]["feature_width"] = 2;
    maker.manifest["self_test"]["expected"]["features"] = "test/features.f32";
    maker.Add("test/features.f32", "self_test", TwoRowsOf({0.0F, 0.5F}));
    maker.manifest["scorer"] = nlohmann::json::parse(R"({
      "inputs": {"features": "features", "ctc": "ctc", "frames": "frames", "spans": "spans",
                 "phones": "phones", "words": "words", "prosody": "prosody"},
      "outputs": {"phones": "phone_scores", "words": "word_scores", "sentence": "sentence_scores",
                  "heard": "heard"},
      "word_scores": ["accuracy", "stress"], "sentence_scores": ["accuracy", "fluency", "prosodic"],
      "prosody_terms": ["log_duration"], "max_phones": 50})");
    maker.Add("scorer.onnx", "scorer", scorer);
    return maker;
  }

  /// How toy_stream.onnx is fed.
  static nlohmann::json ToyStream() {
    return nlohmann::json::parse(R"({
      "step_samples": 160, "overlap_samples": 40, "step_frames": 1, "chunk_steps": 4,
      "states": [{"input": "seen", "output": "seen_out", "shape": [1]}]})");
  }

  /// An acoustic bundle with features whose only model is toy_stream.onnx; its self-test is not for
  /// running.
  static BundleMaker Streaming(const std::string& model) {
    BundleMaker maker = Acoustic(model);
    nlohmann::json& acoustic = maker.manifest["acoustic"];
    acoustic["outputs"]["features"] = "features";
    acoustic["feature_width"] = 2;
    acoustic["min_samples"] = 200;
    acoustic["stream"] = ToyStream();
    return maker;
  }

  /// Fits toy_g2p.onnx: four letters, five classes; letter i says class i.
  static BundleMaker Grapheme(const std::string& model) {
    BundleMaker maker = Common("g2p", "toy-g2p", model);
    maker.manifest["g2p"] = nlohmann::json::parse(R"({
      "input": "letters", "output": "ctc", "letters": ["<pad>", "a", "b", "c"],
      "classes": ["<blank>", "AA0", "B", "K", "D"]})");
    maker.manifest["self_test"] = nlohmann::json::parse(R"({
      "input": "test/input.i64", "tolerance": 1e-4, "expected": {"ctc": "test/ctc.f32"}})");
    maker.Add("test/input.i64", "self_test", RawBytes(std::vector<std::int64_t>{1, 1}));
    maker.Add("test/ctc.f32", "self_test",
              TwoRowsOf({-3.1816F, -0.1816F, -3.1816F, -3.1816F, -3.1816F}));
    return maker;
  }

  void WriteFolder(const std::filesystem::path& folder) const {
    Write(folder / "manifest.json", manifest.dump());
    for (const auto& [path, content] : files) Write(folder / path, content);
  }

  /// The single-file form.
  std::string Tar() const {
    std::vector<char> buffer(1 << 20);
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_ustar(writer);
    archive_write_open_memory(writer, buffer.data(), buffer.size(), &used);
    WriteEntry(writer, "manifest.json", manifest.dump());
    for (const auto& [path, content] : files) WriteEntry(writer, path, content);
    archive_write_free(writer);
    return {buffer.data(), used};
  }

 private:
  static std::string TwoRowsOf(std::vector<float> row) {
    const std::string bytes = RawBytes(row);
    return bytes + bytes;
  }

  static void Write(const std::filesystem::path& path, const std::string& content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }

  static void WriteEntry(archive* writer, const std::string& path, const std::string& content) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, path.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_write_header(writer, entry);
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }
};

}  // namespace euphone::testing
