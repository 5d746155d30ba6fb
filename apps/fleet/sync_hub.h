#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fleet/sql.h"
#include "sync/hub.h"

namespace euphone::fleet {

/// Which device belongs to which class, and who writes on it.
struct ClassMember {
  std::string device = {};
  std::string class_name = {};  ///< As people call it; 1 to 200 bytes.
  ClassRole role = ClassRole::kStudent;
  std::string user = {};  ///< UUID: of students the learner's, as devices know them.
};

/// The hub's part of classes: it judges what devices write (sync/hub.h), keeps each verdict in its
/// database before it tells it, and knows who is of which class. Each Open() begins a life of its
/// own in each class, as nobody can tell whether the database was restored before it.
/// Thread: any; one answer at a time. Fails: as Sql.
class SyncHub {
 public:
  using Clock = std::function<std::int64_t()>;  ///< Milliseconds since 1970.

  /// Makes its tables where there are none. `sql` is used by this alone.
  static Result<SyncHub> Open(std::unique_ptr<Sql> sql, Clock clock);

  /// Adds a device to its class, or changes what it is there.
  /// Fails: kInvalidArgument (a name or a UUID that is none).
  Status Put(const ClassMember& member);
  /// Fails: kNotFound.
  Status Remove(std::string_view device);
  /// In the order of classes and devices.
  Result<std::vector<ClassMember>> Members();

  /// The answer to a message on `euphone.ask.DEVICE.sync`. `device` is whom the subject names.
  /// Entries and states are taken from teachers' devices alone: nothing shows yet that a hub made
  /// them. Fails: kNotFound (of no class), kInvalidArgument (a message of another device, or none).
  Result<std::string> Answer(std::string_view device, std::string_view message);

 private:
  struct Class {
    Hub hub;
    std::size_t unfolded = 0;  ///< Entries in the database.
  };

  SyncHub(std::unique_ptr<Sql> sql, Clock clock)
      : sql_(std::move(sql)), clock_(std::move(clock)), mutex_(std::make_unique<std::mutex>()) {}
  Result<std::vector<ClassMember>> Find(std::string_view device);
  Result<Class*> ClassCalled(const std::string& name);
  Status Keep(const std::string& name, Class& of, const Hub& before);
  Status Fold(const std::string& name, Class& of);

  std::unique_ptr<Sql> sql_;
  Clock clock_;
  std::unique_ptr<std::mutex> mutex_;
  std::map<std::string, Class> classes_ = {};
};

}  // namespace euphone::fleet
