#include "curves_png.h"

#include <cairo.h>
#include <dlfcn.h>

#include <cmath>
#include <numbers>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define EUPHONE_FINDS_LEAKS_OF_DRAWING 1
#endif
#endif

namespace euphone::cli {
namespace {

constexpr double kScale = 2.0;
constexpr const char* kLibrary = "libcairo.so.2";

// The functions that are used.
#define EUPHONE_EACH_OF_CAIRO(each)                                                               \
  each(image_surface_create) each(surface_destroy) each(surface_write_to_png_stream) each(create) \
      each(destroy) each(status) each(scale) each(set_source_rgba) each(paint) each(new_path)     \
          each(move_to) each(line_to) each(close_path) each(arc) each(fill) each(stroke)          \
              each(set_line_width) each(set_line_join) each(set_dash) each(select_font_face)      \
                  each(set_font_size) each(text_extents) each(show_text) each(save) each(restore) \
                      each(translate) each(rotate)

/// They are found in a library that nothing else of the program needs: what is
/// linked would be loaded, with a dozen others, whenever the program starts.
class Cairo {
 public:
  static Result<Cairo> Load() {
    Cairo cairo;
    cairo.library_ = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    if (cairo.library_ == nullptr) {
      return Error{Errc::kNotFound, std::string(kLibrary) +
                                        ", which draws PNG, cannot be loaded; install it (Debian: "
                                        "libcairo2), or write SVG"};
    }
    bool found = true;
    const auto get = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(
          ::dlsym(cairo.library_, name));
      found = found && function != nullptr;
    };
#define EUPHONE_FIND(name) get(cairo.name, "cairo_" #name);
    EUPHONE_EACH_OF_CAIRO(EUPHONE_FIND)
#undef EUPHONE_FIND
    if (!found) return Error{Errc::kUnsupported, std::string(kLibrary) + " is too old"};
    return cairo;
  }

#define EUPHONE_HOLD(name) decltype(&cairo_##name) name = nullptr;
  EUPHONE_EACH_OF_CAIRO(EUPHONE_HOLD)
#undef EUPHONE_HOLD
#undef EUPHONE_EACH_OF_CAIRO

 private:
  void* library_ = nullptr;  ///< Stays until the program ends: fonts and their caches are in it.
};

class Painter {
 public:
  Painter(const Cairo& cairo, cairo_t* sheet) : cairo_(cairo), sheet_(sheet) {}

  void Paint(const Mark& mark) {
    if (mark.spots.empty()) return;
    Colour(mark);
    switch (mark.kind) {
      case MarkKind::kLine:
        Through(mark.spots);
        cairo_.set_line_width(sheet_, mark.size);
        cairo_.set_line_join(sheet_, CAIRO_LINE_JOIN_ROUND);
        {
          const double dashes[] = {6.0, 4.0};
          cairo_.set_dash(sheet_, dashes, mark.dashed ? 2 : 0, 0.0);
        }
        return cairo_.stroke(sheet_);
      case MarkKind::kArea:
        Through(mark.spots);
        cairo_.close_path(sheet_);
        return cairo_.fill(sheet_);
      case MarkKind::kDot:
        for (const Spot& spot : mark.spots) Dot(spot, mark.series, mark.size);
        return;
      case MarkKind::kText:
        return Write(mark);
    }
  }

 private:
  void Colour(const Mark& mark) {
    unsigned colour = ColourOf(mark.series).light;
    if (mark.ink == Ink::kText) colour = 0x1f2328;
    if (mark.ink == Ink::kFaint) colour = 0xd8dee4;
    if (mark.ink == Ink::kAxis) colour = 0x6e7781;
    const auto part = [&](unsigned shift) { return ((colour >> shift) & 0xFF) / 255.0; };
    cairo_.set_source_rgba(sheet_, part(16), part(8), part(0),
                           mark.kind == MarkKind::kArea ? 0.18 : 1.0);
  }

  void Through(const std::vector<Spot>& spots) {
    cairo_.new_path(sheet_);
    for (const Spot& spot : spots) cairo_.line_to(sheet_, spot.x, spot.y);
  }

  /// As in SvgOf().
  void Dot(const Spot& at, std::size_t series, double size) {
    const double wide = 1.25 * size;
    switch (series % 4) {
      case 0:
        cairo_.new_path(sheet_);
        cairo_.arc(sheet_, at.x, at.y, size, 0.0, 2.0 * std::numbers::pi);
        break;
      case 1:
        Through({{at.x - size, at.y - size},
                 {at.x + size, at.y - size},
                 {at.x + size, at.y + size},
                 {at.x - size, at.y + size}});
        break;
      case 2:
        Through({{at.x, at.y - wide},
                 {at.x + wide, at.y - wide + 2.0 * size},
                 {at.x - wide, at.y - wide + 2.0 * size}});
        break;
      default:
        Through(
            {{at.x, at.y - wide}, {at.x + wide, at.y}, {at.x, at.y + wide}, {at.x - wide, at.y}});
    }
    cairo_.close_path(sheet_);
    cairo_.fill(sheet_);
  }

  void Write(const Mark& mark) {
    cairo_.select_font_face(sheet_, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                            mark.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_.set_font_size(sheet_, mark.size);
    cairo_text_extents_t extents{};
    cairo_.text_extents(sheet_, mark.text.c_str(), &extents);
    const double back = mark.anchor == Anchor::kStart ? 0.0
                        : mark.anchor == Anchor::kEnd ? extents.x_advance
                                                      : extents.x_advance / 2.0;
    cairo_.save(sheet_);
    cairo_.translate(sheet_, mark.spots.front().x, mark.spots.front().y);
    if (mark.turned) cairo_.rotate(sheet_, -std::numbers::pi / 2.0);
    cairo_.move_to(sheet_, -back, 0.0);
    cairo_.show_text(sheet_, mark.text.c_str());
    cairo_.restore(sheet_);
  }

  const Cairo& cairo_;
  cairo_t* sheet_;
};

}  // namespace

Result<std::string> PngOf(const Scene& scene) {
#ifdef EUPHONE_FINDS_LEAKS_OF_DRAWING
  const __lsan::ScopedDisabler theirs;  // What fontconfig keeps until the program ends.
#endif
  const auto loaded = Cairo::Load();
  if (!loaded) return loaded.error();
  const Cairo& cairo = *loaded;
  cairo_surface_t* const surface = cairo.image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(scene.width * kScale)),
      static_cast<int>(std::lround(scene.height * kScale)));
  cairo_t* const sheet = cairo.create(surface);
  cairo.scale(sheet, kScale, kScale);
  cairo.set_source_rgba(sheet, 1.0, 1.0, 1.0, 1.0);
  cairo.paint(sheet);
  Painter painter(cairo, sheet);
  for (const Mark& mark : scene.marks) painter.Paint(mark);
  std::string png;
  const auto append = [](void* to, const unsigned char* bytes, unsigned count) {
    static_cast<std::string*>(to)->append(bytes, bytes + count);
    return CAIRO_STATUS_SUCCESS;
  };
  const bool drawn =
      cairo.status(sheet) == CAIRO_STATUS_SUCCESS &&
      cairo.surface_write_to_png_stream(surface, append, &png) == CAIRO_STATUS_SUCCESS;
  cairo.destroy(sheet);
  cairo.surface_destroy(surface);
  if (!drawn) return Error{Errc::kInternal, "the chart could not be drawn as PNG; write SVG"};
  return png;
}

}  // namespace euphone::cli
