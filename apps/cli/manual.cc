#include <fmt/format.h>

#include <string>

#include "commands.h"
#include "terminal.h"
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

std::string Options(const CLI::App& app) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    const bool takes_value = option->get_items_expected_max() > 0 && !option->get_positional();
    text += fmt::format(".TP\n.B {}{}\n{}\n", Escaped(option->get_name(false, true)),
                        takes_value && option->get_type_size_max() > 0 ? " \\fIVALUE\\fR" : "",
                        Escaped(option->get_description()));
  }
  return text;
}

std::string Page(const CLI::App& app) {
  std::string page = fmt::format(R"(.TH EUPHONE 1 "" "euphone {}" "User Commands"
.SH NAME
euphone \- hears how well a text was read aloud, and says what to do next
.SH SYNOPSIS
.B euphone
[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]
.SH DESCRIPTION
Scores recordings of read speech, sound by sound, on this device alone: no network is used.
.SH OPTIONS
{})",
                                 kVersion, Options(app));
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    page += fmt::format(".SH \"EUPHONE {}\"\n{}.\n{}", command->get_name(),
                        Escaped(command->get_description()), Options(*command));
    if (const std::string footer = command->get_footer(); !footer.empty()) {
      page += fmt::format(".PP\n.nf\n{}\n.fi\n", Escaped(footer));
    }
  }
  return page + R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
A recording or text cannot be used; a line on standard error says why.
.TP
.B 2
The command line makes no sense.
.TP
.B 3
Read, but not scored: silence, noise, or another text was said.
.TP
.B 4
The installation is incomplete or damaged; see \fBeuphone doctor\fR.
.TP
.B 130
Interrupted; results already written are complete.
.SH ENVIRONMENT
.TP
.B EUPHONE_DATA
Folder with packs/ and models/, in place of the one beside the program.
.TP
.B NO_COLOR
If set, nothing is coloured.
)";
}

}  // namespace

void AddManual(CLI::App& app, Global& global) {
  CLI::App* command =
      app.add_subcommand("manual", "Print the manual page (roff): euphone manual | man -l -");
  command->callback([&app, &global] {
    global.run = [&app] { return Print(Page(app)) ? ExitCode::kOk : ExitCode::kBadInput; };
  });
}

}  // namespace euphone::cli
