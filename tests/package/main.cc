// A stranger's program: finds Euphone as installed and uses a piece of it.
#include <cstdio>

#include "text/text_normalizer.h"

int main() {
  const auto script = euphone::NormalizeText("It costs $5.", {});
  if (!script) return 1;
  for (const auto& word : script->words) std::printf("%s ", word.text.c_str());
  std::printf("\n");
  return script->words.size() == 4 ? 0 : 1;
}
