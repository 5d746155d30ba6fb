#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.h"
#include "bundle_commands.h"
#include "bundle_facts.h"
#include "bundle_self_test.h"
#include "commands.h"
#include "model/pack.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

struct OneBundle {
  std::string path;
  bool json = false;
};

Result<Bundle> OpenNamed(const std::string& name, const InstallationOptions& installation) {
  std::error_code ignored;
  if (fs::exists(name, ignored)) return Bundle::Open(name);
  const auto data = FindData(installation);
  return Bundle::Open(data ? BundlePath(*data, name) : fs::path(name));
}

ExitCode Create(const std::string& folder, const std::string& wanted) {
  const auto bundle = Bundle::Open(folder);
  if (!bundle) return Report(bundle.error());
  const auto packed = PackBundle(*bundle);
  if (!packed) return Report(packed.error());
  const Manifest& manifest = bundle->manifest();
  const fs::path file = wanted.empty()
                            ? fs::path(manifest.name + "-" + manifest.version + ".euphone")
                            : fs::path(wanted);
  if (auto status = WriteFileAtomically(file, *packed); !status) return Report(status.error());
  return Show(file.string() + ": " + manifest.label() + "\n");
}

ExitCode Inspect(const OneBundle& options, const InstallationOptions& installation) {
  if (IsRepository(options.path)) return InspectRepository(options.path, options.json);
  const auto bundle = OpenNamed(options.path, installation);
  if (!bundle) return Report(bundle.error());
  return Show(options.json ? BundleJson(*bundle).dump() + "\n" : BundleText(*bundle));
}

ExitCode Verify(const OneBundle& options, const std::string& root,
                const InstallationOptions& installation) {
  if (IsRepository(options.path)) return VerifyRepository(options.path, root);
  const auto bundle = OpenNamed(options.path, installation);
  if (!bundle) return Report(bundle.error());
  if (auto status = bundle->Verify(); !status) return Report(status.error());
  return Show(bundle->manifest().label() + ": every file is as its manifest says\n");
}

ExitCode Diff(const OneBundle& before, const std::string& after,
              const InstallationOptions& installation) {
  const auto old_bundle = OpenNamed(before.path, installation),
             new_bundle = OpenNamed(after, installation);
  for (const auto* bundle : {&old_bundle, &new_bundle})
    if (!*bundle) return Report(bundle->error());
  if (before.json) return Show(DifferenceJson(*old_bundle, *new_bundle).dump() + "\n");
  return Show(DifferenceText(*old_bundle, *new_bundle));
}

ExitCode TestItself(const std::string& path, const InstallationOptions& installation) {
  const auto bundle = OpenNamed(path, installation);
  if (!bundle) return Report(bundle.error());
  const auto told = SelfTest(*bundle);
  if (!told) return Report(told.error());
  return Show(*told + "\n");
}

}  // namespace

void AddBundle(CLI::App& app, Global& global) {
  CLI::App* bundle = app.add_subcommand(
      "bundle", "Bundles of models: pack, look at, check, compare; sign them for others' devices");
  bundle->require_subcommand(1);
  bundle->footer(
      "A path is a bundle's folder or file, a name that `euphone models` lists, or (inspect, "
      "verify) "
      "a repository.\nSigning for devices: docs/howto/release-bundles.md");

  auto folder = std::make_shared<std::string>(), file = std::make_shared<std::string>();
  CLI::App* create = bundle->add_subcommand("create", "Pack a folder to a single file");
  create->add_option("folder", *folder, "Folder with manifest.json")->required();
  create->add_option("-o,--output", *file, "File to write (default: NAME-VERSION.euphone)");
  create->callback([=, &global] { global.run = [=] { return Create(*folder, *file); }; });

  auto one = std::make_shared<OneBundle>();
  auto root = std::make_shared<std::string>(), other = std::make_shared<std::string>();
  const auto path_of = [&](CLI::App* command) {
    command->add_option("path", one->path, "Folder, file, name or repository")->required();
  };
  CLI::App* inspect = bundle->add_subcommand("inspect", "What is in it");
  path_of(inspect);
  inspect->add_flag("--json", one->json, "As one JSON object");
  inspect->callback(
      [=, &global] { global.run = [=, &global] { return Inspect(*one, global.installation); }; });

  CLI::App* verify = bundle->add_subcommand(
      "verify", "Check every digest; of a repository all that a device checks, and every piece");
  path_of(verify);
  verify->add_option("--root", *root, "Trust this root.json (default: the repository's first)");
  verify->callback([=, &global] {
    global.run = [=, &global] { return Verify(*one, *root, global.installation); };
  });

  CLI::App* diff = bundle->add_subcommand("diff", "What differs, and what an update would fetch");
  path_of(diff);
  diff->add_option("new", *other, "The newer one")->required();
  diff->add_flag("--json", one->json, "As one JSON object");
  diff->callback([=, &global] {
    global.run = [=, &global] { return Diff(*one, *other, global.installation); };
  });

  CLI::App* test = bundle->add_subcommand("self-test", "Run its models on its reference inputs");
  path_of(test);
  test->callback([=, &global] {
    global.run = [=, &global] { return TestItself(one->path, global.installation); };
  });

  AddReferenceCommand(*bundle, global);
  AddRepositoryCommands(*bundle, global);
}

}  // namespace euphone::cli
