#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace euphone {

/// Every text that a learner reads in a report, in one place, to be translated as a whole. Words in
/// braces are filled in and may stand in any order; write for a B1 reader. (Hints on how to make a
/// sound belong to the sounds: sound_guide.cc.)
struct Phrases {
  // Names of what is in the left margin.
  std::string_view score, good, first, next, work_on, extra, stress, melody, pauses, pace, read,
      not_sure, guessed, text, recording, sentences, details;

  // What a mark under a word means.
  std::string_view clear, slightly_accented, hard_to_understand, not_as_written, unsure, left_out,
      extra_word;

  std::string_view out_of_100;   ///< {score}
  std::string_view quoted;       ///< {word}
  std::string_view sound;        ///< {letters}
  std::string_view sound_as_in;  ///< {letters} {key}

  // Praise.
  std::string_view every_word_clear, every_word_read;
  std::string_view sound_clear;  ///< {sound} {word}
  std::string_view word_clear;   ///< {word}

  // What to do first.
  std::string_view read_everything;  ///< {read} {all}
  std::string_view read_up_to;       ///< {read} {all} {word}
  std::string_view read_everything_how;
  std::string_view read_again;
  std::string_view read_again_how;
  std::string_view sounded_like;   ///< {sound} {word} {heard}
  std::string_view sound_missing;  ///< {sound} {word}
  std::string_view sound_unclear;  ///< {sound} {word}
  std::string_view sound_unsure;   ///< {sound} {word}
  std::string_view sound_nearly;   ///< {sound} {word}
  std::string_view word_left_out;  ///< {word}
  std::string_view word_left_out_how;
  std::string_view word_added, word_added_how;
  std::string_view word_repeated;  ///< {word}
  std::string_view word_repeated_how;
  std::string_view wrong_stress;  ///< {word} {heard} {expected}
  std::string_view wrong_stress_how;
  std::string_view unneeded_pause;  ///< {word}
  std::string_view pause_between;   ///< {word} {next}
  std::string_view unneeded_pause_how, link_how;
  std::string_view should_fall, should_rise;  ///< {word}
  std::string_view should_fall_how, should_rise_how;
  std::string_view nothing_to_fix, nothing_to_fix_how;
  std::string_view try_pair;  ///< {one} {other}

  // Rows.
  std::string_view key_sound;  ///< {ipa} {key}
  std::string_view heard_as;   ///< {sound}
  std::string_view heard_none, heard_unclear, heard_unsure;
  std::string_view at;               ///< {seconds}
  std::string_view more_words;       ///< {count}
  std::string_view extra_at;         ///< {heard} {seconds}
  std::string_view repeated_at;      ///< {word} {seconds}
  std::string_view one_note;         ///< A monotone sentence.
  std::string_view rise_missing;     ///< {word}
  std::string_view rise_unexpected;  ///< {word}
  std::string_view no_extra_pauses;
  std::string_view pause_after;     ///< {word} {seconds}
  std::string_view pause_missing;   ///< {word}
  std::string_view pace_is;         ///< {wpm}
  std::string_view words_read;      ///< {read} {all}
  std::string_view words_left_out;  ///< {words}; goes on after words_read
  std::string_view cannot_judge;    ///< {words}
  std::string_view cannot_judge_any;
  std::string_view guessed_words;  ///< {words}

  std::string_view heard_text;  ///< Above a text that was recognised.

  // Pages without a score.
  std::string_view withheld, withheld_how, wrong_text, wrong_text_how, nothing_heard,
      nothing_heard_how, nothing_to_read, nothing_to_read_how, nothing_recognised,
      nothing_recognised_how, misheard, misheard_how;

  // Verbose.
  std::string_view accuracy, fluency, completeness, prosody, total;
  std::string_view column_word, column_sound, column_score, column_time, column_heard;
  std::string_view heard_nothing;  ///< {percent}
  std::string_view heard_share;    ///< {phone} {percent}
  std::string_view model_is;       ///< {model} {confidence}
  std::string_view levels_are;     ///< {seconds} {peak} {speech} {noise} {snr}
  std::string_view rates_are;      ///< {articulation} {speech} {pauses} {run}
  std::string_view pitch_is;       ///< {middle} {ranges}
  std::string_view rhythm_is;      ///< {npvi} {rpvi} {vowels} {delta} {varco}
};

extern const Phrases kEnglish;

/// The phrase with its words filled in: Fill(p.word_clear, fmt::arg("word", "you")).
template <class... Args>
std::string Fill(std::string_view phrase, const Args&... args) {
  return fmt::format(fmt::runtime(phrase), args...);
}

}  // namespace euphone
