#include "assembly/deferred_grapheme_model.h"

#include <mutex>
#include <optional>
#include <utility>
#include <variant>

namespace euphone {
namespace {

class DeferredGraphemeModel final : public GraphemeModel {
 public:
  DeferredGraphemeModel(Bundle bundle, GraphemeSpec spec, OpensGraphemeModel open)
      : bundle_(std::move(bundle)), spec_(std::move(spec)), open_(std::move(open)) {}

  const GraphemeSpec& spec() const override { return spec_; }

  Result<Matrix> Run(std::span<const std::int64_t> letters) const override {
    std::call_once(once_, [&] { opened_ = open_(bundle_); });
    if (!*opened_) return opened_->error();
    return (**opened_)->Run(letters);
  }

 private:
  Bundle bundle_;
  GraphemeSpec spec_;
  OpensGraphemeModel open_;
  mutable std::once_flag once_;
  mutable std::optional<Result<std::unique_ptr<GraphemeModel>>> opened_;
};

}  // namespace

Result<std::unique_ptr<GraphemeModel>> DeferGraphemeModel(Bundle bundle, OpensGraphemeModel open) {
  const auto* entry = std::get_if<GraphemeEntry>(&bundle.manifest().model);
  if (entry == nullptr) return Error{Errc::kInvalidArgument, bundle.name() + ": not a g2p bundle"};
  GraphemeSpec spec = entry->spec;
  return std::unique_ptr<GraphemeModel>(
      std::make_unique<DeferredGraphemeModel>(std::move(bundle), std::move(spec), std::move(open)));
}

}  // namespace euphone
