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

}  // namespace

const EngineWriter& writerOf(Engine engine) {
    return kEngineWriters[static_cast<std::size_t>(engine)]();
}

const NodeFormEntry* EngineWriter::form(const NodeKind& kind) const {
    if (kind.chart) return &charts;
    const auto found = std::find_if(forms.begin(), forms.end(),
                                    [&kind](const NodeFormEntry& row) { return row.type == kind.type; });
    return found == forms.end() ? nullptr : &*found;
}

}  // namespace rw
