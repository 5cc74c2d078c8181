// A shop whose items rows are looked up in, and the output of a lookup_join.
#pragma once
#include <SQLiteCpp/Database.h>

#include <QTemporaryDir>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/data/text.h"
#include "core/stream/recording/tape.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/support/noon.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/keyed_stream.h"
#include "tests/unit/nodes/manual_clock.h"

namespace rw::test::lookups {

inline constexpr Millis kRefresh = 60'000;

inline const Catalogue& catalogue() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

inline const NodeKind& lookupKind() {
    return *catalogue().find("lookup_join");
}

inline Value text(const char* value) {
    return Value(std::string(value));
}

inline Batch batchOf(const std::vector<std::pair<Value, Value>>& rows) {
    Rows all;
    for (const auto& [key, value] : rows) all.push_back({key, value, Value(kNoon)});
    return test::batchOf(keyedStream().schema, all);
}

/// “a|1|x”, NULL as “∅”; the event time is left out.
inline std::string lineOf(const Batch& batch, std::size_t row) {
    std::string line;
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        if (batch.schema->fields[column].name == "ts") continue;
        if (column > 0) line += '|';
        if (batch.columns[column]->isNull(row)) line += "∅";
        appendCell(line, *batch.columns[column], row);
    }
    return line;
}

struct Taken final : Output {
    std::vector<Batch> batches;
    std::vector<std::string> rejected;

    void emit(int port, Batch batch) override {
        if (port == 0) batches.push_back(std::move(batch));
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        rejected.push_back(std::to_string(batch.positions.at(row)) + ": " + english(reason));
        return {};
    }
    void countLate(std::size_t, Millis) override {}
    std::vector<std::string> lines() const {
        std::vector<std::string> all;
        for (const Batch& batch : batches)
            for (std::size_t row = 0; row < batch.rows; ++row) all.push_back(lineOf(batch, row));
        return all;
    }
};

/// A database with a table, and nodes that look rows up in it.
class Shop {
 public:
    explicit Shop(const char* table = "CREATE TABLE items (k TEXT, price REAL, at TEXT)") { exec(table); }

    void exec(const std::string& sql) {
        SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
    }
    std::string path() const { return m_folder.filePath(QStringLiteral("shop.sqlite")).toStdString(); }
    Json params(Json more = Json::object()) const {
        Json all = {{"database", path()},
                    {"table", "items"},
                    {"columns", {"k STRING", "price DOUBLE"}},
                    {"on", "left.k = right.k"},
                    {"refresh", "1min"}};
        for (const auto& [name, value] : more.items()) all[name] = value;
        return all;
    }
    BoundForTest bind(const Json& more = Json::object()) const {
        return bindNode(lookupKind(), params(more), {{keyedStream()}});
    }
    std::unique_ptr<Operator> make(const BoundNode& bound, std::size_t batchRows = 4096) const {
        MakeContext context;
        context.node = "n";
        context.clock = clock;
        context.batchRows = batchRows;
        context.scope = scope;
        context.recorder = recorder;
        context.inputs.emplace_back().type = keyedStream();
        return std::get<std::unique_ptr<Operator>>(*lookupKind().make(bound, context));
    }
    /// The rows that leave, or the text of an error.
    std::vector<std::string> rows(const Json& more, const Batch& batch) const {
        const BoundForTest bound = bind(more);
        if (!bound.node) return {bound.said()};
        const auto op = make(*bound.node);
        Taken taken;
        const Status status = feed(*op, batch, taken);
        return status.ok() ? taken.lines() : std::vector<std::string>{english(status.error())};
    }
    static Status feed(Operator& op, const Batch& batch, Taken& taken) {
        RW_TRY(op.onBatch(0, batch, taken));
        while (op.hasMore()) RW_TRY(op.resume(taken));
        return {};
    }

    const std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    const std::shared_ptr<RunScope> scope = std::make_shared<RunScope>();
    LookupRecorder* recorder = nullptr;

 private:
    QTemporaryDir m_folder;
};

using Lines = std::vector<std::string>;

}  // namespace rw::test::lookups
