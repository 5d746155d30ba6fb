#include "model_ort/ort_grapheme_model.h"

#include <utility>
#include <variant>

#include "model/input_checks.h"
#include "model_ort/ort_session.h"

namespace euphone {
namespace {

class OrtGraphemeModel final : public GraphemeModel {
 public:
  OrtGraphemeModel(GraphemeSpec spec, InferenceSession session)
      : spec_(std::move(spec)), session_(std::move(session)) {}

  const GraphemeSpec& spec() const override { return spec_; }

  Result<Matrix> Run(std::span<const std::int64_t> letters) const override {
    if (auto known = CheckLetters(letters, spec_); !known) return known.error();
    const InputTensor input(letters, {1, static_cast<std::int64_t>(letters.size())});
    const std::size_t columns = spec_.classes.size();
    const Shape wish = {1, kAny, static_cast<std::int64_t>(columns)};
    auto tensors = session_.Run({&input, 1}, {&wish, 1});
    if (!tensors) return tensors.error();
    return AsTable(std::move((*tensors)[0]), columns);
  }

 private:
  GraphemeSpec spec_;
  InferenceSession session_;
};

}  // namespace

Result<std::unique_ptr<GraphemeModel>> OpenGraphemeModel(const Bundle& bundle,
                                                         const ModelOptions& options) {
  const auto* entry = std::get_if<GraphemeEntry>(&bundle.manifest().model);
  if (entry == nullptr) return Error{Errc::kInvalidArgument, bundle.name() + ": not a g2p bundle"};
  auto session = InferenceSession::Open(bundle,
                                        {.file = FileRole::kModel,
                                         .inputs = {{entry->input, ElementType::kInt64}},
                                         .outputs = {entry->output}},
                                        options);
  if (!session) return session.error();
  return std::unique_ptr<GraphemeModel>(
      std::make_unique<OrtGraphemeModel>(entry->spec, std::move(*session)));
}

}  // namespace euphone
