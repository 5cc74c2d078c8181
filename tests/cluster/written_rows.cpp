#include "tests/cluster/written_rows.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/data/text.h"
#include "core/pipeline/pipeline.h"
#include "tests/golden/compare.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

using golden::Cell;
using golden::Row;

std::string textOfFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Hidden files are not complete, and those that begin with _ are no parts.
std::vector<fs::path> partsIn(const fs::path& folder) {
    std::vector<fs::path> parts;
    std::error_code missing;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, missing)) {
        const fs::path inside = entry.path().lexically_relative(folder);
        const bool hidden = std::any_of(inside.begin(), inside.end(), [](const fs::path& step) {
            return step.string().starts_with('.') || step.string().starts_with('_');
        });
        if (entry.is_regular_file() && !hidden) parts.push_back(entry.path());
    }
    return parts;
}

Row namesOf(const Schema& schema) {
    Row names;
    for (const Field& field : schema.fields) names.emplace_back(field.name);
    return names;
}

std::string canonical(const Cell& cell, Type type) {
    if (!cell || cell->empty()) return "NULL";
    const std::optional<Value> value = parseValue(*cell, type);
    return value ? toText(*value, type) : "no " + toString(type) + ": " + *cell;
}

std::string rowLine(const Row& row, const Schema& schema) {
    std::string line;
    for (std::size_t i = 0; i < std::max(row.size(), schema.size()); ++i) {
        const Type type = i < schema.size() ? schema.fields[i].type : Type::of(TypeId::String);
        line += (i == 0 ? "" : " | ") + (i < row.size() ? canonical(row[i], type) : std::string("no cell"));
    }
    return line;
}

Row jsonRow(const std::string& line, const Schema& schema) {
    const Json object = Json::parse(line, nullptr, false);
    Row row;
    for (const Field& field : schema.fields) {
        const auto member = object.is_object() ? object.find(field.name) : object.end();
        if (!object.is_object() || member == object.end() || member->is_null()) {
            row.emplace_back();
        } else {
            row.emplace_back(member->is_string() ? member->get<std::string>() : member->dump());
        }
    }
    return row;
}

std::vector<Row> jsonTable(const fs::path& file, const Schema& schema) {
    std::vector<Row> rows;
    std::istringstream lines(textOfFile(file));
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) rows.push_back(jsonRow(line, schema));
    }
    return rows;
}

void addLines(WrittenRows& lines, const std::vector<Row>& rows, const Schema& schema) {
    for (const Row& row : rows) lines.push_back(rowLine(row, schema));
}

WrittenRows sorted(WrittenRows lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::string someOf(const char* where, const WrittenRows& lines) {
    constexpr std::size_t kShown = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(lines.size(), kShown); ++i)
        text += fmt::format("\n  only {}: {}", where, lines[i]);
    if (lines.size() > kShown) text += fmt::format("\n  only {}: {} in all", where, lines.size());
    return text;
}

}  // namespace

WrittenRows rowsOfFile(const fs::path& file, const Schema& schema) {
    WrittenRows lines;
    addLines(lines, golden::readTable(file).rows, schema);
    return sorted(std::move(lines));
}

WrittenRows rowsOfParts(const fs::path& folder, const Schema& schema) {
    WrittenRows lines;
    const Row names = namesOf(schema);
    for (const fs::path& part : partsIn(folder)) {
        std::vector<Row> rows = golden::parseCsv(textOfFile(part));
        if (!rows.empty() && rows.front() == names) rows.erase(rows.begin());
        addLines(lines, rows, schema);
    }
    return sorted(std::move(lines));
}

WrittenRows rowsOfTable(const fs::path& database, const std::string& table, const Schema& schema) {
    std::vector<Row> rows;
    sqlite3* file = nullptr;
    const auto take = [](void* to, int cells, char** texts, char** /*names*/) {
        Row& row = static_cast<std::vector<Row>*>(to)->emplace_back();
        for (int i = 0; i < cells; ++i)
            row.push_back(texts[i] != nullptr ? golden::Cell(texts[i]) : golden::Cell());
        return 0;
    };
    if (sqlite3_open_v2(database.c_str(), &file, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK)
        sqlite3_exec(file, fmt::format("SELECT * FROM \"{}\"", table).c_str(), take, &rows, nullptr);
    sqlite3_close(file);
    return writtenRows(rows, schema);
}

WrittenRows writtenRows(const std::vector<golden::Row>& rows, const Schema& schema) {
    WrittenRows lines;
    addLines(lines, rows, schema);
    return sorted(std::move(lines));
}

WrittenRows jsonRowsOfFile(const fs::path& file, const Schema& schema) {
    WrittenRows lines;
    addLines(lines, jsonTable(file, schema), schema);
    return sorted(std::move(lines));
}

WrittenRows jsonRowsOfParts(const fs::path& folder, const Schema& schema) {
    WrittenRows lines;
    for (const fs::path& part : partsIn(folder)) addLines(lines, jsonTable(part, schema), schema);
    return sorted(std::move(lines));
}

long long sumOfParts(const fs::path& folder, const Schema& schema, const std::string& column) {
    const std::optional<int> index = schema.find(column);
    long long sum = 0;
    for (const fs::path& part : partsIn(folder)) {
        for (const Row& row : golden::parseCsv(textOfFile(part))) {
            const auto at = static_cast<std::size_t>(index.value_or(0));
            if (index && at < row.size() && row[at]) sum += std::stoll(*row[at]);
        }
    }
    return sum;
}

std::string differenceOf(const WrittenRows& here, const WrittenRows& there) {
    WrittenRows onlyHere, onlyThere;
    std::set_difference(here.begin(), here.end(), there.begin(), there.end(), std::back_inserter(onlyHere));
    std::set_difference(there.begin(), there.end(), here.begin(), here.end(), std::back_inserter(onlyThere));
    return someOf("here", onlyHere) + someOf("there", onlyThere);
}

}  // namespace rw::cluster
