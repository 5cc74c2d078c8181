// Whether rows are the same, so that an update need not be sent, and their order where nothing else gives
// one.
#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/data/column.h"
#include "core/data/visit_type.h"

namespace rw {

/// Whether no reader could tell the rows apart; the columns have equal types. NULL equals NULL; of DOUBLE the
/// bits count, but every NaN is the same.
bool sameRow(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b, std::size_t rowB);

/// The order of rows by their columns from left to right (event-time rules, 9): NULL before all values, NaN
/// behind all numbers, texts bytewise. Equal only when sameRow() says so. Columns that were not built count
/// as NULL.
std::strong_ordering compareRows(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b,
                                 std::size_t rowB);

/// A value in a column; NULL where the column was not built.
struct ColumnCell {
    const Column* column;
    std::size_t row;

    bool isNull() const { return column == nullptr || column->isNull(row); }
    template <class T>
    T value() const {
        return column->at<T>(row);
    }
    std::string_view text() const { return column->string(row); }
};

/// −0.0 before 0.0, NaN behind all.
std::strong_ordering compareDoubles(double a, double b);

/// The order of two values of one type, as compareRows() has it; each is looked at as a ColumnCell is.
template <class A, class B>
std::strong_ordering compareCells(Type type, const A& a, const B& b) {
    if (a.isNull() || b.isNull()) return b.isNull() <=> a.isNull();
    return visitType(
        type.id,
        Overloaded{[&](types::Double) {
                       return compareDoubles(a.template value<double>(), b.template value<double>());
                   },
                   [&](OfMemory<StringRef>) { return a.text() <=> b.text(); },
                   [&]<class T>(OfMemory<T>) { return a.template value<T>() <=> b.template value<T>(); }});
}

}  // namespace rw
