#include "core/look/column_profile.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <unordered_map>

#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// The rows of one column over all batches; `see(column, row)` gets those that are not NULL.
template <class See>
void eachValue(const std::vector<Batch>& batches, std::size_t index, See&& see) {
    for (const Batch& batch : batches) {
        const ColumnRef& column = batch.columns[index];
        if (!column) continue;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (!column->isNull(row)) see(*column, row);
        }
    }
}

template <class T>
bool isNumber(const T& value) {
    if constexpr (std::is_same_v<T, double>) return !std::isnan(value);
    return true;
}

/// Equal parts of the values' span; texts of the ends are those of the cells that have them.
template <class T>
void measureOrdered(const std::vector<Batch>& batches, std::size_t index, ColumnProfile& out) {
    std::optional<T> least, most;
    eachValue(batches, index, [&](const Column& column, std::size_t row) {
        const T& value = column.at<T>(row);
        if (!isNumber(value)) return;
        if (!least || value < *least) {
            least = value;
            out.least.clear();
            appendCell(out.least, column, row);
        }
        if (!most || *most < value) {
            most = value;
            out.most.clear();
            appendCell(out.most, column, row);
        }
    });
    if (!least) return;
    // Infinite ends have no parts between them: all values are in the first and the last.
    const double from = static_cast<double>(*least), span = static_cast<double>(*most) - from;
    eachValue(batches, index, [&](const Column& column, std::size_t row) {
        const T& value = column.at<T>(row);
        if (!isNumber(value)) return;
        const double part = (static_cast<double>(value) - from) / span * ColumnProfile::kBins;
        std::size_t bin = 0;
        if (std::isfinite(part)) {
            bin = std::min(static_cast<std::size_t>(part), ColumnProfile::kBins - 1);
        } else if (*least < value) {
            bin = ColumnProfile::kBins - 1;
        }
        ++out.bins[bin];
    });
}

void countValues(const std::vector<Batch>& batches, std::size_t index, ColumnProfile& out) {
    std::unordered_map<std::string, std::uint64_t> counts;
    std::string cell;
    std::size_t values = 0;
    eachValue(batches, index, [&](const Column& column, std::size_t row) {
        cell.clear();
        if (column.type().is(TypeId::Bytes)) {
            cell = column.string(row);
        } else {
            appendCell(cell, column, row);
        }
        ++counts[cell];
        ++values;
    });
    out.nulls = out.rows - values;
    out.distinct = counts.size();
    if (out.ordered || counts.empty()) return;
    std::vector<std::uint64_t> frequent;
    const std::string *least = nullptr, *most = nullptr;
    for (const auto& [text, count] : counts) {
        frequent.push_back(count);
        if (least == nullptr || text < *least) least = &text;
        if (most == nullptr || *most < text) most = &text;
    }
    std::sort(frequent.begin(), frequent.end(), std::greater<>());
    std::copy_n(frequent.begin(), std::min(frequent.size(), ColumnProfile::kBins), out.bins.begin());
    const auto shown = [&out](const std::string& text) {
        if (!out.type.is(TypeId::Bytes)) return text;
        std::string bytes;
        appendShownBytes(bytes, text);
        return bytes;
    };
    out.least = shown(*least);
    out.most = shown(*most);
}

}  // namespace

std::vector<ColumnProfile> profileOf(const Schema& schema, const std::vector<Batch>& batches) {
    std::vector<ColumnProfile> profiles;
    std::size_t rows = 0;
    for (const Batch& batch : batches) rows += batch.rows;
    for (std::size_t index = 0; index < schema.size(); ++index) {
        ColumnProfile& profile = profiles.emplace_back();
        profile.name = schema.fields[index].name;
        profile.type = schema.fields[index].type;
        profile.rows = rows;
        const TypeKind kind = kindOf(profile.type.id);
        profile.ordered = kind == TypeKind::Number || kind == TypeKind::Time;
        countValues(batches, index, profile);
        if (!profile.ordered) continue;
        withMemoryType(profile.type.id, [&]<class T>() {
            if constexpr (!std::is_same_v<T, StringRef>) measureOrdered<T>(batches, index, profile);
        });
    }
    return profiles;
}

}  // namespace rw
