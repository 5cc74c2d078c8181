#include "core/sql/eval/logic.h"

#include "core/sql/eval/kernels.h"

namespace rw::sql {

namespace {

/// One byte a row, 1 where there is a value.
std::vector<std::uint8_t> knownBytes(const Column& column) {
    std::vector<std::uint8_t> known(column.size());
    const auto& words = column.validity().words();
    for (std::size_t row = 0; row < known.size(); ++row) {
        known[row] = words.empty() || ((words[row / 64] >> (row % 64)) & 1U) != 0;
    }
    return known;
}

/// Errors of `second` in rows that `first` leaves open.
std::shared_ptr<const RowErrors> visibleErrors(const Vector& second, const Column& first,
                                               std::uint8_t decisive) {
    if (!second.errors) return {};
    RowErrors visible;
    for (const RowError& error : *second.errors) {
        const bool decided = !first.isNull(error.row) && first.at<std::uint8_t>(error.row) == decisive;
        if (!decided) visible.push_back(error);
    }
    if (visible.empty()) return {};
    return std::make_shared<const RowErrors>(std::move(visible));
}

}  // namespace

template <bool conjunction>
Vector connectConditions(const Vector& first, const Vector& second, std::size_t rows) {
    constexpr std::uint8_t kDecisive = conjunction ? 0 : 1;
    const bool constant = first.constant && second.constant;
    const std::size_t count = constant ? 1 : rows;
    const ColumnRef left = first.flat(count), right = second.flat(count);
    const std::uint8_t* const a = left->values<std::uint8_t>().data();
    const std::uint8_t* const b = right->values<std::uint8_t>().data();
    std::vector<std::byte> values(count);
    auto* const out = reinterpret_cast<std::uint8_t*>(values.data());
    Validity validity;
    if (left->validity().allValid() && right->validity().allValid()) {
        for (std::size_t row = 0; row < count; ++row)
            out[row] = conjunction ? a[row] & b[row] : a[row] | b[row];
    } else {
        const auto knownA = knownBytes(*left), knownB = knownBytes(*right);
        for (std::size_t row = 0; row < count; ++row) {
            const bool decided =
                ((knownA[row] != 0) & (a[row] == kDecisive)) | ((knownB[row] != 0) & (b[row] == kDecisive));
            const bool known = decided | ((knownA[row] & knownB[row]) != 0);
            out[row] = known && decided != conjunction ? 1 : 0;
            if (!known) validity.setNull(row, count);
        }
    }
    const auto errors = mergeErrors(first.errors, visibleErrors(second, *left, kDecisive));
    if (errors) {
        for (const RowError& error : *errors) {
            out[error.row] = 0;
            validity.setNull(error.row, count);
        }
    }
    return {
        std::make_shared<Column>(Type::of(TypeId::Boolean), count, std::move(values), std::move(validity)),
        constant, errors};
}

template Vector connectConditions<true>(const Vector&, const Vector&, std::size_t);
template Vector connectConditions<false>(const Vector&, const Vector&, std::size_t);

}  // namespace rw::sql
