#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace euphone {

/// What an answer is judged by: nobody's opinion, so that the same answer gets the same marks.
struct RubricInput {
  std::string question;
  std::string answer;                    ///< As its reader would see it.
  std::vector<std::string> cited;        ///< Ids of passages.
  std::vector<std::string> right;        ///< Ids of those that answer; empty: none does.
  std::vector<std::string> given;        ///< Texts of those that it could be written from.
  std::vector<std::string> right_texts;  ///< Texts of those in `right`.
  bool fair = true;                      ///< ObjectionTo() has nothing to say.
};

/// Each is 0 to 1.
struct RubricMarks {
  double cites = 0.0;     ///< Names a passage that answers.
  double grounded = 0.0;  ///< Of its telling words, how many the passages or the question have.
  double covers = 0.0;    ///< Of the telling words of the passages that answer, how many it has.
  double fair = 0.0;      ///< Claims nothing that no record holds, and is otherwise as it must be.
  double refuses = 0.0;   ///< Says that it does not know.
  double right = 0.0;  ///< Refuses where nothing answers; else cites, is fair and does not refuse.
};

/// Telling words are those that are not among the most common of English, reduced to their stems by
/// taking the commonest endings off. Pure.
RubricMarks MarkAnswer(const RubricInput& input);

/// Whether a text says that the question is not answered.
bool Refuses(std::string_view text);

/// A mean over questions, with a 95 % interval.
struct QuestionMean {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// `values[q]`: what each repeat of question q has. Each question counts once. The interval is of
/// 1,000 draws of questions with replacement (Efron and Tibshirani 1993). Deterministic. REQUIRES:
/// some question has a value; those without count nothing.
QuestionMean MeanOverQuestions(const std::vector<std::vector<double>>& values);

}  // namespace euphone
