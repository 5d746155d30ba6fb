#pragma once

#include <string>
#include <vector>

#include "model/testing/bundle_maker.h"

namespace euphone::testing {

/// The tokens that the toys below write with.
inline std::string ToyTokens() {
  using namespace std::string_literals;
  return "\5<unk>\3<s>\4</s>\4\u2581a\4\u2581b\5\u2581na"s;
}

/// Fits toy_encoder.onnx and toy_decoder.onnx: a frame of 160 samples says "a" if it is positive,
/// "b" if it is negative, and "na" if it is positive after an "a"; one of silence ends the text.
inline BundleMaker Recognising(const std::string& encoder, const std::string& decoder,
                               const std::string& tokens = ToyTokens()) {
  BundleMaker maker = BundleMaker::Common("recogniser", "toy-recogniser", encoder);
  maker.manifest["recogniser"] = nlohmann::json::parse(R"({
    "rate_hz": 16000, "min_samples": 160, "max_samples": 32000, "tokens_per_second": 50,
    "encoder": {"samples": "pcm", "mask": "pcm_mask", "frames": "frames", "width": 6},
    "decoder": {"token": "token", "frames": "heard", "mask": "heard_mask", "use_past": "use_past",
                "past": "past", "present": "present", "logits": "logits",
                "layers": 1, "heads": 1, "head_width": 6, "begin_token": 1, "end_token": 2}})");
  maker.manifest["self_test"] = nlohmann::json::parse(R"({
    "input": "test/input.f32", "expected": {"text": "a na"}})");
  maker.Add("decoder.onnx", "decoder", decoder);
  maker.Add("tokens.bin", "tokens", tokens);
  maker.Add("test/input.f32", "self_test", RawBytes(std::vector<float>(320, 0.5F)));
  return maker;
}

}  // namespace euphone::testing
