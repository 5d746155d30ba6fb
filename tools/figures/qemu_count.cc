// A plugin of qemu-user that counts the instructions of an AArch64 program by what they need of a
// core:
//   qemu-aarch64 -plugin qemu_count.so,out=FILE PROGRAM …
// FILE gets one JSON object: all instructions, and those that load, that store, and that calculate
// on vectors or floating point. Version 1 of the interface is declared here, as QEMU's manual
// describes it ("QEMU TCG Plugins"), for Debian has no header of it.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

extern "C" {
struct qemu_plugin_tb;
struct qemu_plugin_insn;
using PluginId = std::uint64_t;

void qemu_plugin_register_vcpu_tb_trans_cb(PluginId id,
                                           void (*translated)(PluginId, qemu_plugin_tb*));
void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb* block,
                                          void (*executed)(unsigned vcpu, void* data),
                                          int registers, void* data);
void qemu_plugin_register_atexit_cb(PluginId id, void (*ended)(PluginId, void*), void* data);
std::size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb* block);
qemu_plugin_insn* qemu_plugin_tb_get_insn(const qemu_plugin_tb* block, std::size_t index);
const void* qemu_plugin_insn_data(const qemu_plugin_insn* instruction);

__attribute__((visibility("default"))) extern int qemu_plugin_version;
int qemu_plugin_version = 1;
__attribute__((visibility("default"))) int qemu_plugin_install(PluginId id, const void* machine,
                                                               int count, char** arguments);
}

namespace {

enum Kind { kAll, kLoads, kStores, kVector, kKinds };
using Counts = std::array<std::uint64_t, kKinds>;

// A thread of the program is a virtual core here, which alone counts in its row; a row is used
// again when its thread has ended.
std::array<Counts, 256> counted{};
std::vector<std::unique_ptr<Counts>>
    blocks;  // What executing a block once adds; translation is serialised by QEMU.
std::string out;

// By the main groups of the instruction set: Arm Architecture Reference Manual (DDI 0487), "A64
// instruction set encoding".
void Classify(std::uint32_t instruction, Counts& block) {
  ++block[kAll];
  const std::uint32_t group = instruction >> 25 & 0xF;
  if ((group & 0x7) == 0x7) {
    ++block[kVector];
  } else if ((group & 0x5) == 0x4) {
    const bool literal = (instruction >> 27 & 0x7) == 0x3 && (instruction >> 24 & 1) == 0;
    const bool vector = (instruction >> 26 & 1) != 0;
    const bool sign_extending =
        !vector && (instruction >> 23 & 1) != 0 && (instruction >> 27 & 0x7) == 0x7;
    ++block[literal || sign_extending || (instruction >> 22 & 1) != 0 ? kLoads : kStores];
  }
}

void Executed(unsigned vcpu, void* data) {
  const Counts& block = *static_cast<const Counts*>(data);
  Counts& row = counted[vcpu % counted.size()];
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    row[kind] += block[kind];
  }
}

void Translated(PluginId, qemu_plugin_tb* block) {
  blocks.push_back(std::make_unique<Counts>());
  for (std::size_t i = 0; i < qemu_plugin_tb_n_insns(block); ++i) {
    std::uint32_t instruction = 0;
    std::memcpy(&instruction, qemu_plugin_insn_data(qemu_plugin_tb_get_insn(block, i)),
                sizeof instruction);
    Classify(instruction, *blocks.back());
  }
  qemu_plugin_register_vcpu_tb_exec_cb(block, Executed, 0, blocks.back().get());
}

void Ended(PluginId, void*) {
  Counts sum{};
  for (const Counts& row : counted) {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      sum[kind] += row[kind];
    }
  }
  if (std::FILE* file = std::fopen(out.c_str(), "w")) {
    std::fprintf(file, "{\"all\": %llu, \"loads\": %llu, \"stores\": %llu, \"vector\": %llu}\n",
                 static_cast<unsigned long long>(sum[kAll]),
                 static_cast<unsigned long long>(sum[kLoads]),
                 static_cast<unsigned long long>(sum[kStores]),
                 static_cast<unsigned long long>(sum[kVector]));
    std::fclose(file);
  }
}

}  // namespace

int qemu_plugin_install(PluginId id, const void*, int count, char** arguments) {
  if (count != 1 || std::strncmp(arguments[0], "out=", 4) != 0) {
    return 1;
  }
  out = arguments[0] + 4;
  qemu_plugin_register_vcpu_tb_trans_cb(id, Translated);
  qemu_plugin_register_atexit_cb(id, Ended, nullptr);
  return 0;
}
