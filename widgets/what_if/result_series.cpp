#include "widgets/what_if/result_series.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "core/data/text.h"
#include "widgets/document/data_text.h"

namespace rw::ui {

namespace {

constexpr const char* kStart = "window_start";
constexpr const char* kEnd = "window_end";
constexpr const char* kLast = "window_time";

bool isTime(const Field& field) {
    return field.type.is(TypeId::Timestamp);
}

bool isNumber(const Field& field) {
    return field.type.is(TypeId::Int) || field.type.is(TypeId::Bigint) || field.type.is(TypeId::Double) ||
           field.type.is(TypeId::Decimal);
}

bool isKey(const WhatIfDifference& difference, int column) {
    return std::find(difference.key.begin(), difference.key.end(), column) != difference.key.end();
}

/// Calls `take` with the rows of a side: those that both have, that changed, and that it alone has.
template <class Take>
void eachRow(const WhatIfDifference& difference, bool a, Take take) {
    for (const WhatIfRow& row : difference.sameRows) take(row);
    for (const WhatIfChange& change : difference.changed) take(a ? change.a : change.b);
    for (const WhatIfRow& row : a ? difference.onlyA : difference.onlyB) take(row);
}

}  // namespace

ResultShape shapeOf(const WhatIfDifference& difference) {
    ResultShape shape;
    if (!difference.schema) return shape;
    const Schema& schema = *difference.schema;
    shape.end = schema.find(kEnd);
    shape.time = schema.find(kStart);
    for (std::size_t i = 0; i < schema.size(); ++i) {
        const Field& field = schema.fields[i];
        const int column = static_cast<int>(i);
        if (field.name == kStart || field.name == kEnd || field.name == kLast) continue;
        if (!shape.time && isTime(field)) {
            shape.time = column;
        } else if (isKey(difference, column)) {
            shape.keys.push_back(column);
        } else {
            (isNumber(field) ? shape.numbers : shape.others).push_back(column);
        }
    }
    return shape;
}

std::optional<int> liveliest(const WhatIfDifference& difference, const ResultShape& shape) {
    std::optional<int> best;
    std::size_t most = 0;
    for (const int column : shape.numbers) {
        const auto changes = static_cast<std::size_t>(std::count_if(
            difference.changed.begin(), difference.changed.end(),
            [&](const WhatIfChange& each) { return each.changed[static_cast<std::size_t>(column)]; }));
        if (!best || changes > most) best = column;
        most = std::max(most, changes);
    }
    return best;
}

std::optional<double> numberIn(const WhatIfRow& row, int column, const Schema& schema) {
    const Value& value = row[static_cast<std::size_t>(column)];
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* number = std::get_if<std::int32_t>(&value)) return *number;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
    if (!std::holds_alternative<Int128>(value)) return std::nullopt;
    const Type type = schema.fields[static_cast<std::size_t>(column)].type;
    return QString::fromStdString(toText(value, type)).toDouble();
}

QString keyText(const WhatIfDifference& difference, const ResultShape& shape, const WhatIfRow& row) {
    QStringList words;
    for (const int column : shape.keys) {
        const auto at = static_cast<std::size_t>(column);
        words << (isNull(row[at]) ? QStringLiteral("NULL")
                                  : dataText(row[at], difference.schema->fields[at].type));
    }
    return words.join(QStringLiteral(" · "));
}

QStringList keysOf(const WhatIfDifference& difference, const ResultShape& shape) {
    QStringList keys;
    if (shape.keys.empty()) return keys;
    std::set<QString> seen;
    const auto note = [&](const WhatIfRow& row) {
        if (keys.size() >= kMostKeys) return;
        const QString key = keyText(difference, shape, row);
        if (seen.insert(key).second) keys << key;
    };
    for (const bool a : {true, false}) eachRow(difference, a, note);
    keys.sort();
    return keys;
}

ResultSeries seriesOf(const WhatIfDifference& difference, const ResultShape& shape, int number,
                      const QString& key) {
    ResultSeries series;
    if (!shape.time) return series;
    const Schema& schema = *difference.schema;
    std::map<double, double> ends;
    const auto curve = [&](bool a) {
        std::map<double, double> largest;
        eachRow(difference, a, [&](const WhatIfRow& row) {
            const auto* at = std::get_if<std::int64_t>(&row[static_cast<std::size_t>(*shape.time)]);
            const std::optional<double> value = numberIn(row, number, schema);
            if (at == nullptr || !value || !std::isfinite(*value)) return;
            if (!key.isEmpty() && keyText(difference, shape, row) != key) return;
            const auto time = static_cast<double>(*at);
            const auto [place, added] = largest.try_emplace(time, *value);
            if (!added) place->second = std::max(place->second, *value);
            if (!shape.end) return;
            const auto* end = std::get_if<std::int64_t>(&row[static_cast<std::size_t>(*shape.end)]);
            if (end != nullptr) ends[time] = std::max(ends[time], static_cast<double>(*end));
        });
        std::vector<QPointF> points;
        points.reserve(largest.size());
        for (const auto& [time, value] : largest) points.emplace_back(time, value);
        return points;
    };
    series.a = curve(true);
    series.b = curve(false);
    series.spans.assign(ends.begin(), ends.end());
    return series;
}

void ResultSeries::add(CompareSide side, ResultSeries other) {
    others.push_back({side, std::move(other.b)});
    std::map<double, double> ends(spans.begin(), spans.end());
    for (const auto& [start, end] : other.spans) {
        const auto [place, added] = ends.try_emplace(start, end);
        if (!added) place->second = std::max(place->second, end);
    }
    spans.assign(ends.begin(), ends.end());
}

}  // namespace rw::ui
