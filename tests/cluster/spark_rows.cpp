#include "tests/cluster/spark_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "tests/cluster/staged_sources.h"

namespace rw::cluster {

namespace fs = std::filesystem;

std::string SparkSinkRows::add(const Json& line) {
    const std::string mode = line.value("mode", "");
    // Of a whole result the newest counts; it comes in several lines.
    if (mode == "complete" && line.value("first", false)) m_rows.clear();
    const auto rows = line.find("rows");
    if (rows == line.end() || !rows->is_array()) return "a line without rows: " + line.dump();
    for (const Json& given : *rows) {
        golden::Row row;
        for (const Json& cell : given)
            row.push_back(cell.is_string() ? golden::Cell(cell.get<std::string>()) : golden::Cell());
        if (row.size() != m_stream.schema->size())
            return fmt::format("a row of {} cells for {} columns: {}", row.size(), m_stream.schema->size(),
                               given.dump());
        if (mode == "update")
            std::erase_if(m_rows, [&](const golden::Row& old) { return sameKey(old, row); });
        m_rows.push_back(std::move(row));
    }
    return {};
}

void SparkSinkRows::write(const fs::path& file) const {
    std::ofstream out(file, std::ios::binary);
    golden::Row header;
    for (const Field& field : m_stream.schema->fields) header.emplace_back(field.name);
    out << csvLine(header);
    for (const golden::Row& row : m_rows) out << csvLine(row);
}

bool SparkSinkRows::sameKey(const golden::Row& a, const golden::Row& b) const {
    return std::all_of(m_stream.key.begin(), m_stream.key.end(), [&](int column) {
        const auto at = static_cast<std::size_t>(column);
        return a[at] == b[at];
    });
}

std::string readSparkRows(const fs::path& said, std::map<NodeId, SparkSinkRows>& sinks) {
    std::ifstream lines(said);
    std::string failed;
    for (std::string text; std::getline(lines, text);) {
        const Json line = Json::parse(text, nullptr, false);
        if (!line.is_object()) continue;
        const std::string event = line.value("event", "");
        if (event == "failed") failed += line.dump() + "\n";
        if (event != "rows") continue;
        const auto sink = sinks.find(line.value("sink", ""));
        if (sink == sinks.end()) return "rows of an unknown sink: " + line.dump();
        if (std::string why = sink->second.add(line); !why.empty()) return why;
    }
    return failed;
}

}  // namespace rw::cluster
