// The rows of a source, as text that tests compare.
#pragma once
#include <QtTest/QtTest>
#include <fstream>
#include <map>

#include "core/data/text.h"
#include "core/stream/source.h"

namespace rw::test {

/// A clock that stands still until it is told.
class StandingClock final : public Clock {
 public:
    Instant now() const override { return 1'700'000'000'000 + millis; }
    std::int64_t steadyMillis() const override { return millis; }
    std::int64_t millis = 0;
};

/// The rows of a source: good ones as `a|NULL|"text"`, bad ones as `!reason # text`, in the order of the file.
struct GivenRows {
    std::vector<std::string> lines;
    std::string error;  ///< english, when reading failed
    std::string text() const { return fmt::format("{}", fmt::join(lines, "\n")); }
};

inline Schema schemaOf(const std::vector<std::pair<std::string, std::string>>& columns) {
    Schema schema;
    for (const auto& [name, type] : columns) schema.fields.push_back({name, *parseType(type)});
    return schema;
}

inline std::string rowLine(const Batch& batch, std::size_t row) {
    std::string line;
    for (const ColumnRef& column : batch.columns) {
        if (!line.empty()) line += '|';
        if (!column) {
            line += '-';
        } else if (column->isNull(row)) {
            line += "NULL";
        } else if (column->type().is(TypeId::String)) {
            line += '"' + std::string(column->string(row)) + '"';
        } else {
            appendCell(line, *column, row);
        }
    }
    return line;
}

/// Adds the rows of a chunk that begins at row `first` of its source.
inline void collect(const ParsedChunk& chunk, std::map<std::int64_t, std::string>& rows, std::int64_t first) {
    for (const Batch& batch : chunk.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const bool fresh = rows.emplace(first + batch.positions.at(row), rowLine(batch, row)).second;
            QVERIFY2(fresh, "two rows have one position");
        }
    }
    for (const BadRow& bad : chunk.bad) {
        const bool fresh =
            rows.emplace(first + bad.index, "!" + english(bad.reason) + " # " + bad.text).second;
        QVERIFY2(fresh, "two rows have one position");
    }
}

/// Polls until the source ends or waits.
inline GivenRows drain(Source& source) {
    GivenRows out;
    std::map<std::int64_t, std::string> rows;
    std::int64_t first = 0;
    for (;;) {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> poll = source.poll(chunk);
        if (!poll.ok()) out.error = english(poll.error());
        if (!poll.ok() || poll->kind != Poll::Kind::Ready) break;
        ParsedChunk parsed;
        const Status status = source.parse(*chunk, parsed);
        if (!status.ok()) out.error = english(status.error());
        collect(parsed, rows, first);
        first += parsed.rowsRead;
    }
    for (auto& [position, line] : rows) out.lines.push_back(std::move(line));
    if (!rows.empty() && rows.rbegin()->first + 1 != first) out.error = "positions have gaps";
    return out;
}

/// A folder of its own for a test's files.
class Folder {
 public:
    std::string write(const std::string& name, std::string_view content) const {
        const std::string path = this->path(name);
        std::ofstream file(path, std::ios::binary);
        file.write(content.data(), static_cast<std::streamsize>(content.size()));
        return path;
    }
    void append(const std::string& name, std::string_view content) const {
        std::ofstream file(path(name), std::ios::binary | std::ios::app);
        file.write(content.data(), static_cast<std::streamsize>(content.size()));
    }
    std::string path(const std::string& name) const {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }

 private:
    QTemporaryDir m_folder;
};

}  // namespace rw::test
