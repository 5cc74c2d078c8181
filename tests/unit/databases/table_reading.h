// Readers of tables, driven as their thread does.
#pragma once
#include <QElapsedTimer>
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "core/connect/tables/sql_chunk.h"
#include "core/connect/tables/sql_row_decoder.h"
#include "core/data/text.h"
#include "core/stream/waiting/source_reader.h"

namespace rw::test {

/// Keeps what a reader gives, as “+I id=1, v=a”.
class GivenRows final : public ReadOutput {
 public:
    explicit GivenRows(SchemaRef columns) : schema(std::move(columns)) {}

    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const SqlChunk&>(*chunk);
        at = piece.behind;
        DecoderOptions options;
        options.schema = schema;
        const ParsedChunk parsed = SqlRowDecoder(options).decode(piece.rows, 0);
        for (const Batch& batch : parsed.batches) {
            for (std::size_t row = 0; row < batch.rows; ++row)
                rows.push_back(std::string(toString(batch.kind(row))) + " " + rowText(batch, row));
        }
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState told, Text reason, int) override {
        states.push_back(told);
        why = english(reason);
        if (!reason.empty()) reasons.push_back(why);
    }
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    const SchemaRef schema;
    SqlPosition at{};
    std::vector<std::string> rows{};
    std::vector<PartitionState> states{};
    std::vector<std::string> notes{};
    std::string why{};
    std::vector<std::string> reasons{};
};

/// Reads until that holds, the end, or an error.
struct TableReading {
    SourceReader& reader;
    GivenRows& given;
    Status status{};
    bool ended = false, nothing = false;

    bool until(const std::function<bool()>& holds) {
        constexpr int kPatience = 20000, kPause = 5;  // milliseconds
        QElapsedTimer timer;
        timer.start();
        while (!holds() && !ended && status.ok() && timer.elapsed() < kPatience) {
            const Result<SourceReader::Read> read = reader.read(20, given);
            status = read.status();
            ended = read.ok() && *read == SourceReader::Read::End;
            nothing = read.ok() && *read == SourceReader::Read::Nothing;
            systemClock()->sleep(kPause);
        }
        return holds();
    }
    std::string toEnd() {
        (void)until([] { return false; });
        return status.ok() ? std::string() : english(status.error());
    }
};

inline SchemaRef idsAndNames() {
    return std::make_shared<const Schema>(
        Schema{{{"id", Type::of(TypeId::Bigint)}, {"name", Type::of(TypeId::String)}}});
}

inline std::vector<std::string> expectedRows(int from, int until) {
    std::vector<std::string> rows;
    for (int id = from; id < until; ++id)
        rows.push_back("+I id=" + std::to_string(id) + ", name=n" + std::to_string(id));
    return rows;
}

}  // namespace rw::test
