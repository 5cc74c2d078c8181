#include "core/deploy/engine_writer.h"

#include <algorithm>
#include <array>

namespace rw {

namespace {

constexpr std::array kEngineWriters{
#define RW_ENGINE(Name, word) word##Writer,
#include "core/deploy/engines.def"
#undef RW_ENGINE
};

/// The verdict on a type that has no row.
const NodeFormEntry& refusal(Engine engine) {
    static const auto kRefusals = [] {
        std::array<NodeFormEntry, kEngineWriters.size()> out;
        for (const Engine each : kEngines) {
            NodeFormEntry& entry = out[static_cast<std::size_t>(each)];
            entry.verdict = Verdict::Refused;
            entry.what = RW_TEXT("deploy", "%1 has no form for this type of node.").with(engineName(each));
            entry.fix = RW_TEXT("deploy", "Remove or disable the node, or run the pipeline here.");
        }
        return out;
    }();
    return kRefusals[static_cast<std::size_t>(engine)];
}

}  // namespace

const EngineWriter& writerOf(Engine engine) {
    return kEngineWriters[static_cast<std::size_t>(engine)]();
}

const NodeFormEntry& EngineWriter::form(const NodeKind& kind) const {
    if (kind.chart) return charts;
    const auto found = std::find_if(forms.begin(), forms.end(),
                                    [&kind](const NodeFormEntry& row) { return row.type == kind.type; });
    return found == forms.end() ? refusal(engine) : *found;
}

}  // namespace rw
