#include "core/stream/key_hash.h"

#include <xxhash.h>

#include <bit>
#include <limits>

namespace rw {

namespace {

constexpr std::uint64_t kNullHash = 0x9ae16a3b2f90404fULL;
constexpr std::uint64_t kSeedA = 0xa0761d6478bd642fULL;
constexpr std::uint64_t kSeedB = 0xe7037ed1a0b428dbULL;

/// The two halves of a product, folded: every input bit reaches every output bit.
std::uint64_t foldedProduct(std::uint64_t a, std::uint64_t b) {
    const UInt128 product = static_cast<UInt128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t hashWord(std::uint64_t word) {
    return foldedProduct(word ^ kSeedA, kSeedB);
}

std::uint64_t hashTwoWords(std::uint64_t low, std::uint64_t high) {
    return foldedProduct(low ^ kSeedA, high ^ kSeedB);
}

std::uint64_t hashOf(std::uint8_t value) {
    return hashWord(value);
}
std::uint64_t hashOf(std::int32_t value) {
    return hashWord(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
}
std::uint64_t hashOf(std::int64_t value) {
    return hashWord(static_cast<std::uint64_t>(value));
}
std::uint64_t hashOf(double value) {
    return hashWord(std::bit_cast<std::uint64_t>(keyDouble(value)));
}
std::uint64_t hashOf(const Int128& value) {
    return hashTwoWords(static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64));
}
std::uint64_t hashOf(const StringRef& value) {
    if (!value.isInline()) return XXH3_64bits(value.data(), value.size());
    std::uint64_t words[2];  // size and characters; those that are not used are zero
    std::memcpy(words, &value, sizeof words);
    return hashTwoWords(words[0], words[1]);
}

/// Sets, or mixes into, one hash a row.
template <class T>
void addColumn(const Column& column, bool first, std::span<std::uint64_t> hashes) {
    const auto values = column.values<T>();
    if (first && column.validity().allValid()) {
        for (std::size_t row = 0; row < hashes.size(); ++row) hashes[row] = hashOf(values[row]);
        return;
    }
    for (std::size_t row = 0; row < hashes.size(); ++row) {
        const std::uint64_t hash = column.isNull(row) ? kNullHash : hashOf(values[row]);
        hashes[row] = first ? hash : hashTwoWords(std::rotl(hashes[row], 23), hash);
    }
}

void addColumn(const Column& column, bool first, std::span<std::uint64_t> hashes) {
    switch (column.type().id) {
        case TypeId::Boolean:
        case TypeId::Null:
            return addColumn<std::uint8_t>(column, first, hashes);
        case TypeId::Int:
        case TypeId::Date:
            return addColumn<std::int32_t>(column, first, hashes);
        case TypeId::Bigint:
        case TypeId::Timestamp:
        case TypeId::IntervalDay:
        case TypeId::IntervalMonth:
            return addColumn<std::int64_t>(column, first, hashes);
        case TypeId::Double:
            return addColumn<double>(column, first, hashes);
        case TypeId::Decimal:
            return addColumn<Int128>(column, first, hashes);
        case TypeId::String:
            return addColumn<StringRef>(column, first, hashes);
    }
}

}  // namespace

double keyDouble(double value) {
    if (value == 0) return 0;
    return value == value ? value : std::numeric_limits<double>::quiet_NaN();
}

void hashKeys(std::span<const Column* const> columns, std::size_t rows, std::vector<std::uint64_t>& out) {
    out.assign(rows, kNullHash);
    bool first = true;
    for (const Column* column : columns) {
        addColumn(*column, first, out);
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
