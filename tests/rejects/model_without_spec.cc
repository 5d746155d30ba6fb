// A model that does not say what it expects is no model.
// Rejected: abstract (type .Mute|class)
#include "model/acoustic_model.h"

class Mute : public euphone::AcousticModel {
 public:
#if !EUPHONE_WRONG
  const euphone::AcousticSpec& spec() const override { return spec_; }
#endif
  euphone::Result<euphone::Posteriors> Run(euphone::PcmView) const override {
    return euphone::Posteriors{};
  }

 private:
  [[maybe_unused]] euphone::AcousticSpec spec_;
};

bool Make() {
  const Mute mute;
  return mute.Run({}).has_value();
}
