// The rows that a program on Spark prints for sinks and charts.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/pipeline/json/json.h"
#include "core/pipeline/node_kind.h"
#include "tests/golden/compare.h"

namespace rw::cluster {

/// Of one sink: those that are left at the end.
class SparkSinkRows {
 public:
    explicit SparkSinkRows(StreamType stream) : m_stream(std::move(stream)) {}

    /// A line {"event": "rows", …}; the error in it, or nothing.
    std::string add(const Json& line);
    const std::vector<golden::Row>& rows() const { return m_rows; }
    /// As a CSV file with a line of names.
    void write(const std::filesystem::path& file) const;

 private:
    bool sameKey(const golden::Row& a, const golden::Row& b) const;

    StreamType m_stream;
    std::vector<golden::Row> m_rows{};
};

/// Reads the output of a program; the error in it, or nothing.
std::string readSparkRows(const std::filesystem::path& said, std::map<NodeId, SparkSinkRows>& sinks);

}  // namespace rw::cluster
