#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <string>

#include "commands.h"
#include "option_shape.h"
#include "version.h"

namespace euphone::cli {
namespace {

/// roff reads a leading dot or quote as a request, and backslashes and hyphens as its own.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n')) {
      escaped += std::string("\\&") + c;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

/// What follows the description: values, range and default.
std::string Values(const OptionShape& option) {
  std::string text;
  if (!option.choices.empty()) text += " One of: " + Joined(option.choices, ", ") + ".";
  if (!option.range.empty()) text += " A number in " + option.range + ".";
  if (!option.default_value.empty()) text += " Default: " + option.default_value + ".";
  return text;
}

std::string Options(const std::vector<OptionShape>& options) {
  std::string text;
  for (const OptionShape& option : options) {
    const std::string value = option.value.empty() ? "" : "\\fI" + Escaped(option.value) + "\\fR";
    const std::string names = Escaped(Joined(option.Names(), ", "));
    text += fmt::format(".TP\n.B {}{}{}\n{}.{}\n", names, names.empty() || value.empty() ? "" : " ",
                        value, Escaped(option.description), Escaped(Values(option)));
  }
  return text;
}

std::string Commands(const ProgramShape& program) {
  std::string text;
  for (const CommandShape& command : program.commands) {
    text += fmt::format(".SH \"EUPHONE {}\"\n{}.\n{}", command.name, Escaped(command.description),
                        Options(command.options));
    if (!command.footer.empty())
      text += fmt::format(".PP\n.nf\n{}\n.fi\n", Escaped(command.footer));
  }
  return text;
}

std::string ExitStatus() {
  std::string text;
  for (const ExitMeaning& meaning : kExitMeanings) {
    text += fmt::format(".TP\n.B {}\n{}\n", static_cast<int>(meaning.code), Escaped(meaning.full));
  }
  return text;
}

constexpr const char* kEnd = R"(.SH ENVIRONMENT
.TP
.B EUPHONE_DATA
Folder with packs/ and models/, as \fB\-\-data\fR names it.
.TP
.B NO_COLOR
If set and not empty, nothing is coloured but by \fB\-\-color always\fR.
.TP
.B TERM
If it is \fBdumb\fR or not set, nothing is coloured either.
.TP
.B LD_LIBRARY_PATH
Where ONNX Runtime is looked for first.
.SH FILES
The data folder is the first of these that holds packs/, unless one is named:
.TP
.I share/euphone
beside the program, and beside the folder that holds the program
.TP
.I /usr/local/share/euphone, /usr/share/euphone
of the system
.PP
It holds:
.TP
.I packs/LANGUAGE/
A language: its phones, dictionary and weak forms.
.TP
.I models/NAME/
A model with its manifest: what it was trained on, how well it does, under which licences.
.SH SEE ALSO
.BR arecord (1),
.BR ffmpeg (1),
.BR sox (1),
.BR praat (1)
)";

std::string Page(const CLI::App& app) {
  const ProgramShape program = ShapeOf(app);
  return fmt::format(R"(.TH EUPHONE 1 "" "euphone {}" "User Commands"
.SH NAME
euphone \- hears how well a text was read aloud, and says what to do next
.SH SYNOPSIS
.B euphone
[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]
.SH DESCRIPTION
Scores recordings of read speech, sound by sound, on this device alone: no network is used.
.SH OPTIONS
{}{}.SH EXIT STATUS
Of several recordings, the gravest: what cannot be read outranks what is not scored.
{}{})",
                     kVersion, Options(program.options), Commands(program), ExitStatus(), kEnd);
}

}  // namespace

void AddManual(CLI::App& app, Global& global) {
  CLI::App* command =
      app.add_subcommand("manual", "Print the manual page (roff): euphone manual | man -l -");
  command->callback([&app, &global] { global.run = [&app] { return Show(Page(app)); }; });
}

}  // namespace euphone::cli
