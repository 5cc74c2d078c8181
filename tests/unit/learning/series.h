// A series of numbers by key, sent through one node that learns, and what leaves it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tests/support/batch_of.h"
#include "tests/unit/nodes/driver.h"

namespace rw::test {

inline StreamType seriesStream() {
    StreamType stream;
    stream.schema = schemaOf({{"k", Type::of(TypeId::String)},
                              {"v", Type::of(TypeId::Double)},
                              {"ts", Type::of(TypeId::Timestamp)}});
    stream.eventTime = 2;
    stream.sourceOrder = true;
    return stream;
}

struct SeriesRow {
    std::string key;
    std::optional<double> value;  ///< nothing: NULL
    Instant time;
};

inline Batch seriesBatch(const std::vector<SeriesRow>& rows) {
    Rows values;
    for (const SeriesRow& row : rows) {
        values.push_back({row.key, row.value ? Value(*row.value) : Value(), row.time});
    }
    return batchOf(seriesStream().schema, values);
}

inline const NodeKind& learningKind(const char* type) {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find(type);
}

/// Rows of one wire, in batches of `size`. Where `params` are wrong, status() tells what bind said.
inline Driven drivenSeries(const char* type, const Json& params, const std::vector<SeriesRow>& rows,
                           std::size_t size = 7, bool nullOnError = false) {
    const NodeKind& kind = learningKind(type);
    const BoundForTest bound = bindNode(kind, params, {{seriesStream()}});
    if (!bound.node) {
        Driven driven;
        driven.problems = {bound.said()};
        return driven;
    }
    std::vector<Feed> input;
    for (std::size_t from = 0; from < rows.size(); from += size) {
        const std::size_t to = std::min(from + size, rows.size());
        input.push_back({0, seriesBatch({rows.begin() + static_cast<std::ptrdiff_t>(from),
                                         rows.begin() + static_cast<std::ptrdiff_t>(to)})});
    }
    DriveOptions options;
    options.nullOnError = nullOnError;
    options.batchRows = 16;
    return drive(kind, bound.node, {seriesStream()}, input, options);
}

/// What stands behind “name=” in a row of a PortLog; empty: the row has no such column.
inline std::string cell(const std::string& row, const std::string& name) {
    for (const std::string& before : {" " + name + "=", "," + name + "="}) {
        const std::size_t at = row.find(before);
        if (at == std::string::npos) continue;
        const std::size_t from = at + before.size();
        return row.substr(from, row.find(", ", from) - from);
    }
    return {};
}

inline std::vector<std::string> cells(const PortLog& port, const std::string& name) {
    std::vector<std::string> found;
    for (const std::string& row : port.rows) found.push_back(cell(row, name));
    return found;
}

/// The cells of a column of numbers, without NULL.
inline std::vector<double> numbers(const PortLog& port, const std::string& name) {
    std::vector<double> found;
    for (const std::string& row : port.rows) found.push_back(std::stod(cell(row, name)));
    return found;
}

}  // namespace rw::test
