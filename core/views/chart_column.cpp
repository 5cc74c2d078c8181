#include "core/views/chart_column.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/base/readable.h"
#include "core/data/base64.h"
#include "core/data/hash.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

std::optional<double> chartNumber(const Column& column, std::size_t row) {
    if (column.isNull(row)) return std::nullopt;
    using Number = std::optional<double>;
    return visitAmount(column.type().id,
                       Overloaded{[&](types::Decimal) {
                                      return Number(static_cast<double>(column.at<Int128>(row)) /
                                                    std::pow(10.0, column.type().scale));
                                  },
                                  [&](types::Double) {
                                      const double value = column.at<double>(row);
                                      return std::isfinite(value) ? Number(value) : std::nullopt;
                                  },
                                  [&]<class Integer>(OfMemory<Integer>) {
                                      return Number(static_cast<double>(column.at<Integer>(row)));
                                  }});
}

std::optional<double> chartPlace(const Column& column, std::size_t row) {
    if (!column.type().is(TypeId::Timestamp)) {
        const auto number = chartNumber(column, row);
        return number && std::fabs(*number) <= kFarthestPlace ? number : std::nullopt;
    }
    if (column.isNull(row)) return std::nullopt;
    return static_cast<double>(column.at<Instant>(row));
}

void appendLabel(std::string& out, const Column& column, std::size_t row) {
    if (column.isNull(row)) {
        out += "NULL";
    } else if (isReference(column.type().id) && column.string(row).size() > kLongestLabel) {
        const std::string hash = fmt::format("#{:016x}", hashValue(column.at<StringRef>(row)));
        if (column.type().is(TypeId::Bytes)) {
            appendBase64(out, column.string(row).substr(0, kLongestLabel / 2));
        } else {
            out += shortened(column.string(row), kLongestLabel - hash.size());
        }
        out += hash;
    } else {
        appendCell(out, column, row);
    }
}

std::string rowName(const std::vector<ChartColumn>& columns, const Batch& batch, std::size_t row) {
    // Lengths keep neighbouring values apart.
    std::string name, cell;
    for (const ChartColumn& column : columns) {
        const Column& values = batch.column(column.index);
        if (values.isNull(row)) {
            name += "N;";
            continue;
        }
        cell.clear();
        appendLabel(cell, values, row);
        name += std::to_string(cell.size()) + ':' + cell + ';';
    }
    return name;
}

bool labelLess(const std::string& a, const std::string& b) {
    const auto number = [](const std::string& text, double& value) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size();
    };
    double x = 0, y = 0;
    const bool aNumber = number(a, x), bNumber = number(b, y);
    if (aNumber != bNumber) return aNumber;  // numbers before words, so that the order is one
    if (aNumber && x != y) return x < y;
    return a < b;
}

}  // namespace rw
