#include "core/stream/waiting/answers.h"

#include <bit>

#include "core/base/random.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

std::vector<RowName> rowNames(const Batch& rows, const ColumnSet& by) {
    std::vector<RowName> names;
    names.reserve(rows.rows);
    if (rows.positions.known()) {
        for (std::size_t row = 0; row < rows.rows; ++row)
            names.push_back({rows.wire, rows.positions.at(row)});
        return names;
    }
    std::vector<const Column*> columns;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        if (rows.columns[i] && (by.empty() || (i < by.size() && by[i])))
            columns.push_back(rows.columns[i].get());
    }
    std::vector<std::uint64_t> hashes;
    hashKeys(columns, rows.rows, hashes);
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const std::uint64_t hash = splitMix64(hashes[row], static_cast<std::uint64_t>(rows.kind(row)));
        names.push_back({-1, std::bit_cast<std::int64_t>(hash)});
    }
    return names;
}

}  // namespace rw
