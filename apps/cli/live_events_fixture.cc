#include "live_events_fixture.h"

#include "base/file.h"

namespace euphone::cli {

const PhoneSet& TestPhones() {
  static const PhoneSet phones = *PhoneSet::Parse(
      *ReadFile(EUPHONE_SOURCE_DIR "/contract/phones.en-us.json", std::size_t{1} << 20));
  return phones;
}

}  // namespace euphone::cli
