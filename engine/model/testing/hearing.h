#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"

// What the tests of every runtime ask of what hears.
namespace euphone::testing {

/// A second of rising numbers.
inline std::vector<float> Ramp(std::size_t samples = 16'000) {
  std::vector<float> pcm(samples);
  for (std::size_t i = 0; i < samples; ++i)
    pcm[i] = static_cast<float>(i) / static_cast<float>(samples);
  return pcm;
}

/// What the stream says when it is given pieces of these sizes in turn.
inline Posteriors HeardInPieces(const StreamingModel& model, PcmView pcm,
                                const std::vector<std::size_t>& sizes) {
  const auto stream = model.Start();
  Posteriors whole;
  for (std::size_t i = 0; !pcm.empty(); ++i) {
    const std::size_t size = std::min(pcm.size(), sizes[i % sizes.size()]);
    Append(stream->Push(pcm.first(size)).value(), whole);
    pcm = pcm.subspan(size);
  }
  Append(stream->Finish().value(), whole);
  return whole;
}

/// Clips of four lengths, each 25 times from a thread of its own, are heard as alone.
inline void ExpectTheSameFromSeveralThreads(const AcousticModel& model) {
  std::vector<std::vector<float>> clips;
  std::vector<Posteriors> alone;
  for (std::size_t i = 0; i < 4; ++i) {
    clips.emplace_back(1600 + 320 * i, 0.1F * static_cast<float>(i));
    alone.push_back(model.Run(clips.back()).value());
  }
  std::vector<int> equal(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int turn = 0; turn < 25; ++turn) {
        const auto answer = model.Run(clips[i]);
        equal[i] += answer && answer->ctc.values == alone[i].ctc.values &&
                    answer->frames.values == alone[i].frames.values;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(equal, ::testing::Each(25));
}

/// Of windows of 4 steps of 160 samples with 40 more, whose one feature counts steps.
inline void ExpectWindowsAsAsked(const StreamingModel& model) {
  const auto stream = model.Start();
  const std::vector<float> pcm = Ramp(8 * 160 + 40);
  stream->SetWindow(6);
  EXPECT_EQ(stream->Push(PcmView(pcm).first(6 * 160 + 39)).value().ctc.rows, 0u);
  EXPECT_EQ(stream->Push(PcmView(pcm).subspan(6 * 160 + 39, 1)).value().ctc.rows, 6u);
  stream->SetWindow(1);
  const Posteriors rest = stream->Push(PcmView(pcm).subspan(6 * 160 + 40)).value();
  ASSERT_EQ(rest.ctc.rows, 2u);
  EXPECT_EQ(rest.features.at(1, 0), 8.0F) << "its state goes on";
}

}  // namespace euphone::testing
