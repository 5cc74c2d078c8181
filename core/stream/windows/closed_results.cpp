#include "core/stream/windows/closed_results.h"

#include <numeric>
#include <utility>

#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

void ClosedResults::write(const Batch& rows, std::span<const int> keys, StateWriter& out) {
    std::vector<std::uint64_t> hashes;
    hashKeys(rows, keys, hashes);
    std::vector<std::uint32_t> all(rows.rows);
    std::iota(all.begin(), all.end(), 0U);
    const auto hashOf = [&hashes](std::uint32_t row) { return hashes[row]; };
    forEachKeyGroup(std::move(all), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        out.keyed(kName, group, kVersion,
                  [&](StateWriter& record) { record.batch("rows", rows.select(some)); });
    });
}

Status ClosedResults::restore(const StateReader& state, const KeyGroups& own, const StreamType& output) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kName));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kVersion) return brokenState("version of closed windows");
        RW_TRY_ASSIGN(Batch rows, record.batch("rows"));
        if (!(*rows.schema == *output.schema) || (rows.kinds && !output.updating))
            return brokenState("rows of closed windows");
        for (const ColumnRef& column : rows.columns) {
            if (!column) return brokenState("columns of closed windows");
        }
        rows.schema = output.schema;
        m_batches.push_back(std::move(rows));
    }
    return {};
}

void ClosedResults::emitSome(Output& out) {
    out.emit(kWindowOut, std::move(m_batches.front()));
    m_batches.pop_front();
}

}  // namespace rw
