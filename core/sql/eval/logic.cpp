#include "core/sql/eval/logic.h"

#include <algorithm>
#include <cstring>

#include "core/sql/eval/eight_rows.h"
#include "core/sql/eval/kernels.h"

namespace rw::sql {

namespace {

/// SQL's three-valued logic: a value that decides does so with any other operand.
template <bool conjunction>
Validity connectSomeNull(const Column& left, const Column& right, std::uint8_t* out) {
    constexpr Eight kDecides = conjunction ? kAllTrue : 0;  // turns a deciding value into 1
    const std::size_t count = left.size();
    const auto &validA = left.validity().words(), &validB = right.validity().words();
    std::vector<std::uint64_t> validity((count + 63) / 64);
    Eight allKnown = kAllTrue;
    for (std::size_t row = 0; row < count; row += 8) {
        const std::size_t here = std::min<std::size_t>(count - row, 8);
        const Eight knownA = knownFrom(validA, row), knownB = knownFrom(validB, row);
        const Eight a = loadEight(left.values<std::uint8_t>().data() + row, here) ^ kDecides;
        const Eight b = loadEight(right.values<std::uint8_t>().data() + row, here) ^ kDecides;
        const Eight decided = (knownA & a) | (knownB & b);
        const Eight known = decided | (knownA & knownB);
        const Eight value = conjunction ? known & ~decided : decided;
        std::memcpy(out + row, &value, here);
        validity[row / 64] |= gather(known) << (row % 64);
        allKnown &= known;
    }
    return allKnown == kAllTrue ? Validity() : Validity(std::move(validity));
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
    RawBytes values(count);
    auto* const out = reinterpret_cast<std::uint8_t*>(values.data());
    Validity validity;
    if (left->validity().allValid() && right->validity().allValid()) {
        for (std::size_t row = 0; row < count; ++row)
            out[row] = conjunction ? a[row] & b[row] : a[row] | b[row];
    } else {
        validity = connectSomeNull<conjunction>(*left, *right, out);
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
