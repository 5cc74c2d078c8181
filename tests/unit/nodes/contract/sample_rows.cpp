#include "tests/unit/nodes/contract/sample_rows.h"

#include <algorithm>
#include <random>

#include "core/stream/stamper.h"

namespace rw::test {

namespace {

constexpr Millis kDelay = 3'000;
constexpr std::size_t kRowsToPause = 50;
constexpr Millis kPause = 30'000;  // beyond the disorder and any gap of a session

}  // namespace

StreamType sampleStream() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::String)},
                                                           {"v", Type::of(TypeId::Int)},
                                                           {"d", Type::of(TypeId::Double)},
                                                           {"b", Type::of(TypeId::Boolean)},
                                                           {"ts", Type::of(TypeId::Timestamp)}}});
    stream.eventTime = 4;
    return stream;
}

std::string longKey(int number) {
    const std::string digit = std::to_string(number);
    return R"([)" + digit + R"(, {"number": )" + digit + R"(, "size": 7}, "a rather long key"])";
}

std::vector<Row> sampleRows(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    const auto orNull = [&](Value value) { return below(8) == 0 ? Value{} : value; };
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string key = below(4) == 0 ? "" : longKey(below(3));
        const Instant pauses = static_cast<Instant>(i / kRowsToPause) * kPause;
        const Instant time = 1'700'000'000'000 + pauses + static_cast<Instant>(i) * 500 - below(12'000);
        rows.push_back(
            {orNull(key), orNull(below(10)), orNull(below(100) / 8.0), orNull(below(2) == 0), time});
    }
    return rows;
}

StreamType bytesStream() {
    StreamType stream = sampleStream();
    Schema schema = *stream.schema;
    schema.fields.front().type = Type::of(TypeId::Bytes);
    stream.schema = std::make_shared<const Schema>(std::move(schema));
    return stream;
}

std::vector<Row> bytesRows(std::size_t count, unsigned seed) {
    std::vector<Row> rows = sampleRows(count, seed);
    for (Row& row : rows) {
        if (auto* const key = std::get_if<std::string>(&row.front())) key->append("\0\xff\n", 3);
    }
    return rows;
}

std::vector<Batch> batches(const StreamType& stream, const std::vector<Row>& rows, std::size_t size,
                           std::size_t first, StampedBatches stamped) {
    std::vector<Batch> out;
    StampState state;
    for (std::size_t row = 0; row < first && stream.eventTime >= 0; ++row) {
        const Value& time = rows[row][static_cast<std::size_t>(stream.eventTime)];
        state.largest = std::max(state.largest, std::get<Instant>(time));
    }
    const auto finish = [&](std::size_t from, std::size_t count) {
        Batch batch;
        batch.schema = stream.schema;
        batch.rows = count;
        batch.positions.first = static_cast<std::int64_t>(from);
        for (std::size_t column = 0; column < stream.schema->size(); ++column) {
            ColumnBuilder builder(stream.schema->fields[column].type);
            for (std::size_t row = from; row < from + count; ++row) appendValue(builder, rows[row][column]);
            batch.columns.push_back(builder.finish());
        }
        if (stream.eventTime >= 0) stamp(batch, stream.eventTime, kDelay, state, stamped);
        out.push_back(std::move(batch));
    };
    for (std::size_t from = first; from < rows.size(); from += size) {
        if (out.size() % 3 == 1) finish(from, 0);
        finish(from, std::min(size, rows.size() - from));
    }
    return out;
}

}  // namespace rw::test
