#include "core/stream/keys/key_hash.h"

#include <bit>

#include "core/data/hash.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

std::uint64_t mixed(std::uint64_t before, std::uint64_t next) {
    return hashWords(std::rotl(before, 23), next);
}

/// Sets, or mixes into, one hash a row.
template <class T>
void addColumn(const Column& column, bool first, std::span<std::uint64_t> hashes) {
    const auto values = column.values<T>();
    if (first && column.validity().allValid()) {
        for (std::size_t row = 0; row < hashes.size(); ++row) hashes[row] = hashValue(values[row]);
        return;
    }
    for (std::size_t row = 0; row < hashes.size(); ++row) {
        const std::uint64_t hash = column.isNull(row) ? kNullHash : hashValue(values[row]);
        hashes[row] = first ? hash : mixed(hashes[row], hash);
    }
}

}  // namespace

std::uint64_t hashWithNext(std::uint64_t before, std::uint64_t next) {
    return mixed(before, next);
}

void hashKeys(std::span<const Column* const> columns, std::size_t rows, std::vector<std::uint64_t>& out) {
    if (columns.empty()) return out.assign(rows, kNullHash);
    out.resize(rows);
    bool first = true;
    for (const Column* column : columns) {
        withMemoryType(column->type().id, [&]<class T>() { addColumn<T>(*column, first, out); });
        first = false;
    }
}

void hashKeys(const Batch& batch, std::span<const int> columns, std::vector<std::uint64_t>& out) {
    std::vector<const Column*> keys;
    keys.reserve(columns.size());
    for (const int column : columns) keys.push_back(&batch.column(column));
    hashKeys(keys, batch.rows, out);
}

}  // namespace rw
