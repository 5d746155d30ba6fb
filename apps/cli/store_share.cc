#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "store/clock.h"
#include "store/kept_class.h"
#include "store/kept_outbox.h"
#include "store/learners.h"
#include "store_commands.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

using SharedOptions = std::shared_ptr<StoreOptions>;

/// What is sent, and to whom, in words that a learner reads before they agree.
std::string WhatIsSent(Consent consent, const std::string& name) {
  switch (consent) {
    case Consent::kNothing:
      return fmt::format("Nothing of {} leaves this device.\n", name);
    case Consent::kHealth:
      return "Sent to the hub that this device's agent names, and to nobody else: how device and "
             "microphone do, without a name.\n";
    case Consent::kScores:
      return "Sent to the hub that this device's agent names, and to nobody else: how device and "
             "microphone do, and of each take from now on its scores and the figures of its "
             "sounds, under a pseudonym. No name, no text, no recording.\n";
    case Consent::kScoresAndAudio:
      return "Sent to the hub that this device's agent names, and to nobody else: how device and "
             "microphone do, and of each take from now on its scores, the figures of its sounds "
             "and its recording, under a pseudonym. No name, no text; but a recording is a "
             "voice.\n";
  }
  return "";
}

nlohmann::ordered_json ShareJson(const Learner& learner, const std::vector<GivenConsent>& consents,
                                 const OutboxState& outbox) {
  nlohmann::ordered_json document = {{"learner", learner.name},
                                     {"shares", "nothing"},
                                     {"pseudonym", nullptr},
                                     {"consents", nlohmann::ordered_json::array()},
                                     {"waiting", nlohmann::ordered_json::object()}};
  for (const GivenConsent& given : consents) {
    const std::string_view name = kConsentNames[static_cast<std::size_t>(given.consent)];
    document["shares"] = name;
    document["pseudonym"] = given.pseudonym;
    document["consents"].push_back({{"shares", name}, {"since_ms", given.since_ms}});
  }
  constexpr std::array<const char*, kUplinkClasses> kClasses = {"deletion", "health", "scores",
                                                                "audio"};
  for (std::size_t kind = 0; kind < kUplinkClasses; ++kind)
    document["waiting"][kClasses[kind]] = outbox.count[kind];
  return document;
}

ExitCode Share(const StoreOptions& options, const std::string& name, const std::string& level,
               bool json) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  const auto learner = FindLearner(*store, name);
  if (!learner) return Report(learner.error());
  const auto before = ConsentOf(*store, learner->id);
  if (!before) return Report(before.error());
  if (!level.empty()) {
    const auto found = std::ranges::find(kConsentNames, level) - kConsentNames.begin();
    if (auto status = SetConsent(*store, learner->id, static_cast<Consent>(found), NowMs());
        !status)
      return Report(status.error());
  }
  const auto consents = ConsentsOf(*store, learner->id);
  const auto outbox = StateOfOutbox(*store);
  if (!consents) return Report(consents.error());
  if (!outbox) return Report(outbox.error());
  if (json) return Show(ShareJson(*learner, *consents, *outbox).dump(2) + "\n");
  const GivenConsent now = consents->empty() ? GivenConsent() : consents->back();
  std::string text = fmt::format("{} shares {}", learner->name,
                                 kConsentNames[static_cast<std::size_t>(now.consent)]);
  text += now.since_ms == 0 ? "\n" : fmt::format(", since {}\n", LocalTime(now.since_ms));
  text += WhatIsSent(now.consent, learner->name);
  if (now.consent < before->consent) {
    text +=
        "What was waiting beyond that is gone, and the hub is asked to delete what it has as "
        "soon as it is reached.\n";
  }
  return Show(text);
}

struct ClassChoice {
  std::string join, learner, user;
  bool leave = false, json = false;
};

ExitCode OfClass(const StoreOptions& options, const ClassChoice& choice) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  if (choice.leave) {
    if (auto status = LeaveClass(*store); !status) return Report(status.error());
  }
  if (!choice.join.empty()) {
    std::string user = choice.user;
    if (!choice.learner.empty()) {
      const auto learner = FindLearner(*store, choice.learner);
      if (!learner) return Report(learner.error());
      user = learner->uuid;
    }
    if (user.empty()) {
      ReportLine("who writes on this device? Give --learner NAME, or --user UUID for a teacher");
      return ExitCode::kUsage;
    }
    if (auto status = JoinClass(*store, choice.join, user); !status) return Report(status.error());
  }
  const auto self = GetClassSelf(store->database());
  if (!self) return Report(self.error());
  if (choice.json) {
    nlohmann::ordered_json document = {{"device", nullptr}, {"user", nullptr}};
    if (*self) document = {{"device", (*self)->device}, {"user", (*self)->user}};
    return Show(document.dump(2) + "\n");
  }
  if (!*self) return Show("this device is of no class\n");
  return Show(
      fmt::format("lessons, assignments and comments are kept in step with a class, as {}; "
                  "{} writes here\n",
                  (*self)->device, (*self)->user));
}

}  // namespace

void AddStoreShare(CLI::App& store, Global& global, const SharedOptions& options) {
  auto name = std::make_shared<std::string>(), level = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  CLI::App* share = store.add_subcommand(
      "share", "What of a learner is sent to the hub of a fleet; nothing, until they say so");
  share->add_option("LEARNER", *name, "Who")->required();
  share->add_option("WHAT", *level, "From now on; else only what holds is told")
      ->check(CLI::IsMember({"nothing", "health", "scores", "scores-and-audio"}));
  share->add_flag("--json", *json, "As JSON");
  share->callback(
      [=, &global] { global.run = [=] { return Share(*options, *name, *level, *json); }; });

  auto choice = std::make_shared<ClassChoice>();
  CLI::App* of = store.add_subcommand(
      "class", "Keep lessons, assignments and comments in step with a class, or no longer");
  auto* join = of->add_option("--join", choice->join, "As this device, by its name in the fleet");
  of->add_option("--learner", choice->learner, "Who writes here: a learner of this store")
      ->needs(join);
  of->add_option("--user", choice->user, "Who writes here: a teacher's UUID")->needs(join);
  of->add_flag("--leave", choice->leave, "What is here stays")->excludes(join);
  of->add_flag("--json", choice->json, "As JSON");
  of->callback([=, &global] { global.run = [=] { return OfClass(*options, *choice); }; });
}

}  // namespace euphone::cli
