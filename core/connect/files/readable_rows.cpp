#include "core/connect/files/readable_rows.h"

#include <algorithm>
#include <type_traits>

#include "core/data/text.h"
#include "core/sql/time_math.h"

namespace rw {

namespace {

/// Days or milliseconds that files may have; the others say “+10000-01-01”, or a year before the first.
template <class T>
bool inYears(T value) {
    constexpr std::int64_t kUnit = std::is_same_v<T, Instant> ? sql::kMillisPerDay : 1;
    constexpr std::int64_t kFirst = -719'162 * kUnit, kEnd = 2'932'897 * kUnit;  // 0001-01-01, 10000-01-01
    return value >= kFirst && value < kEnd;
}

template <class T>
bool allInYears(const Column& column) {
    bool all = true;
    for (const T value : column.values<T>()) all &= inYears(value);
    return all;
}

}  // namespace

bool datesFit(const Batch& batch) {
    return std::all_of(batch.columns.begin(), batch.columns.end(), [](const ColumnRef& column) {
        const TypeId type = column->type().id;
        if (type == TypeId::Date) return allInYears<std::int32_t>(*column);  // NULLs are 1970
        return type != TypeId::Timestamp || allInYears<Instant>(*column);
    });
}

Text unfitDate(const Field& field, const Column& column, std::size_t row) {
    const TypeId type = field.type.id;
    const bool fits = type == TypeId::Date        ? inYears(column.at<std::int32_t>(row))
                      : type == TypeId::Timestamp ? inYears(column.at<Instant>(row))
                                                  : true;
    if (fits) return {};
    return RW_TEXT("files", "“%1” is %2: dates in files have years from 0001 to 9999.")
        .with(field.name, toText(valueAt(column, row), field.type));
}

Batch rowsWithout(const Batch& batch, const sql::RowErrors& errors) {
    std::vector<std::uint32_t> rows;
    auto error = errors.begin();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (error != errors.end() && error->row == row) {
            ++error;
        } else {
            rows.push_back(row);
        }
    }
    return batch.select(rows);
}

}  // namespace rw
