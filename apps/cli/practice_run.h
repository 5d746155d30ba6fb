#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"
#include "coach/drills.h"
#include "coach/knowledge.h"
#include "exit_code.h"
#include "installation.h"
#include "lexicon/lexicon.h"
#include "store_access.h"

namespace euphone::cli {

/// What the user asks of `euphone practice`.
struct PracticeOptions {
  std::string learner;         ///< Empty: nothing is known of who practises.
  std::string sound, against;  ///< ARPAbet; empty: what is due, and what it is mixed up with.
  std::size_t count = 10;
  std::string pack;  ///< File for a lesson of the drill; empty: none is written.
  bool json = false;
  StoreOptions store;
};

/// Everything that a drill is made of and told with.
struct PracticeMaterial {
  std::shared_ptr<const Lexicon> lexicon;
  std::shared_ptr<const Knowledge> knowledge;
  Vocabulary vocabulary;

  const LanguagePack& pack() const { return lexicon->pack(); }
  const PhoneSet& phones() const { return pack().phones; }
};

/// Fails: kNotFound where the knowledge base is missing; as its parts do.
Result<PracticeMaterial> OpenPracticeMaterial(const InstallationOptions& installation);

/// What is due and a drill for it, in each form.
struct PracticeTold {
  std::string text;
  nlohmann::ordered_json document;  ///< euphone.practice/1.
  std::string lesson;               ///< A lesson pack; empty where nothing can be read.
};

/// `store`: that of options.learner, where it is open already; else null. Fails: kInvalidArgument
/// for a sound that there is not; as OpenStore, FindLearner, PlanDrill.
Result<PracticeTold> TellPractice(const PracticeOptions& options, const PracticeMaterial& material,
                                  Store* store = nullptr);

ExitCode Practice(const PracticeOptions& options, const InstallationOptions& installation);

}  // namespace euphone::cli
