#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "assembly/fed_session.h"
#include "assembly/installation.h"
#include "euphone.h"

/// What stands behind the handles of euphone.h. Each keeps alive what it uses of another.

struct euphone_engine {
  euphone::InstallationOptions options;
  std::shared_ptr<const euphone::Lexicon> lexicon;
  std::shared_ptr<const euphone::Analyzer> analyzer;
  std::string model;
  std::mutex opening;  ///< Guards the next one.
  std::optional<euphone::LiveParts> live;
};

struct euphone_stop {
  std::atomic<bool> requested = false;
};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal's handler may ask to stop");

struct euphone_analysis {
  euphone::Analysis analysis;
  std::shared_ptr<const euphone::Lexicon> lexicon;
  const euphone::PhoneSet& phones() const { return lexicon->pack().phones; }
};

struct euphone_live {
  std::unique_ptr<euphone::FedSession> session;
};
