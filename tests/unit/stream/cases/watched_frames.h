// Over aggregates whose checkpoints are taken by change, and what they are given.
#pragma once
#include <algorithm>
#include <functional>
#include <limits>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test::over {

// Of frames; of rows that wait, in whole batches.
inline constexpr std::size_t kMostOfPiece = 8'192 + 4'096;

inline const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("over_aggregate");
}

inline StreamType input() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Int)}}});
    type.eventTime = 0;
    return type;
}

/// Aggregates of all sorts; and those for states of many rows.
inline const Json kAll = {"COUNT(*) AS n",
                          "SUM(v) AS s",
                          "MIN(v) AS lo",
                          "FIRST_VALUE(v) AS f",
                          "LAST_VALUE(v) AS l",
                          "LISTAGG(CAST(v AS STRING)) AS list",
                          "COUNT(DISTINCT v % 5) AS dv",
                          "AVG(v) AS a",
                          "PERCENTILE(v, 0.5) AS p",
                          "SUM(v) FILTER (WHERE v > 50) AS fs"};
inline const Json kFew = {"COUNT(*) AS n", "SUM(v) AS s", "LAST_VALUE(v) AS l"};

inline BoundForTest bindOver(const std::string& frame, const Json& aggregates, bool partitioned = true) {
    Json params = {{"frame", frame}, {"aggregates", aggregates}};
    if (partitioned) params["partition_by"] = Json::array({"k"});
    return bindNode(node(), std::move(params), {input()});
}

struct Given {
    Instant time = 0;
    int key = 0;  ///< 0: NULL
    int value = 0;
};

inline Batch batchOf(const std::vector<Given>& rows, std::int64_t position, WireNumber wire = 0,
                     Instant stamp = kCleanStamp) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::String)),
        values(Type::of(TypeId::Int));
    for (const Given& row : rows) {
        times.append(row.time);
        if (row.key == 0) {
            keys.appendNull();
        } else {
            keys.appendString("a key that fits into no string itself, " + std::to_string(row.key));
        }
        if (row.value % 9 == 0) {
            values.appendNull();
        } else {
            values.append(static_cast<std::int32_t>(row.value));
        }
    }
    Batch batch;
    batch.schema = input().schema;
    batch.rows = rows.size();
    batch.columns = {times.finish(), keys.finish(), values.finish()};
    batch.positions.first = position;
    batch.wire = wire;
    if (stamp != kCleanStamp) batch.stamps = std::make_shared<const std::vector<Instant>>(batch.rows, stamp);
    return batch;
}

/// Rows of one time, a key each: `first` … `first` + `count` − 1.
inline std::vector<Given> rowsAt(Instant time, int first, int count) {
    std::vector<Given> rows;
    for (int key = first; key < first + count; ++key) rows.push_back({time, key, key % 100});
    return rows;
}

/// For rows that do not matter.
struct Ignored : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

inline std::unique_ptr<Operator> make(const BoundNode& bound, int wires = 1, std::size_t batchRows = 4096) {
    auto made = node().make(bound, contextFor(input(), wires, batchRows));
    auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
    op->outputPorts = static_cast<int>(bound.outputs.size());
    return op;
}

/// The state of an instance that restored one, or why it did not.
inline std::string restored(const BoundNode& bound, const std::string& state, KeyGroups own = {}) {
    const auto op = make(bound);
    const Result<StateReader> reader = StateReader::open(state);
    const Status status = reader.ok() ? op->restore(*reader, own) : reader.status();
    if (!status.ok()) return "refused: " + english(status.error());
    StateWriter again;
    return op->snapshot(again).ok() ? again.finish() : "no snapshot";
}

inline std::string sealed(std::string state) {
    StateWriter::sealAnew(state);
    return state;
}

/// How many rows, or partitions, the records of a state by change have.
inline std::size_t rowsIn(const std::string& state) {
    std::size_t rows = 0;
    const Result<StateReader> reader = StateReader::open(state);
    if (!reader.ok()) return std::numeric_limits<std::size_t>::max();
    for (const char* const name : {"held", "changed_partitions"}) {
        const auto records = reader->keyed(name).value();
        for (const auto& [group, record] : records) rows += record.batch("rows").value().rows;
    }
    return rows;
}

/// An operator, and the checkpoints that are taken of it.
class Watched {
 public:
    explicit Watched(const BoundNode& bound, int wires = 1, std::size_t batchRows = 4096)
        : m_bound(bound),
          m_wires(wires),
          m_batchRows(batchRows),
          m_op(make(bound, wires, batchRows)),
          m_changing(dynamic_cast<ChangingState*>(m_op.get())) {}

    void send(const std::vector<Given>& rows, WireNumber wire = 0, Instant stamp = kCleanStamp) {
        const Batch batch = batchOf(rows, m_sent, wire, stamp);
        m_sent += static_cast<std::int64_t>(rows.size());
        run([&] { return m_op->onBatch(0, batch, m_ignored); });
    }
    void advance(Instant watermark) {
        if (watermark <= m_watermark) return;
        m_watermark = watermark;
        run([&] { return m_op->onWatermark(watermark, m_ignored); });
    }
    Instant watermark() const { return m_watermark; }
    void freeze(bool whole) {
        StateWriter all, rest;
        QVERIFY(m_op->snapshot(all).ok());
        m_atBarrier = all.finish();
        m_changing->writeRest(rest);
        m_rest = rest.finish();
        m_changing->freeze(whole);
        m_whole = whole;
        m_part.clear();
        isFrozen = true;
    }
    /// Whether there is more.
    bool writeSome() {
        StateWriter out;
        isFrozen = m_changing->writePiece(out);
        const std::string piece = out.takeFields();
        m_mostOfPiece = std::max(m_mostOfPiece, rowsIn(sealed(m_rest + piece)));
        m_part += piece;
        return isFrozen;
    }
    /// What was written is on the disk now; else it never is.
    void keep() { m_parts = m_whole ? m_part : m_parts + m_part; }
    void writeAndKeep() {
        while (writeSome()) {
        }
        keep();
    }
    /// Another one goes on, which has restored the checkpoint that is kept. No rows came since.
    void restart() {
        m_op = make(m_bound, m_wires, m_batchRows);
        m_changing = dynamic_cast<ChangingState*>(m_op.get());
        const std::string state = byChange();
        QVERIFY(m_op->restore(*StateReader::open(state), {}).ok());
    }
    std::string byChange() const { return sealed(m_rest + m_parts); }
    const std::string& atBarrier() const { return m_atBarrier; }
    /// Empty: any number of instances that restore the last checkpoint have the state of its barrier.
    std::string difference() const {
        for (const int instances : {1, 3}) {
            for (int i = 0; i < instances; ++i) {
                const KeyGroups own = keyGroupsOf(i, instances);
                const std::string expected = restored(m_bound, m_atBarrier, own),
                                  found = restored(m_bound, byChange(), own);
                if (found.starts_with("refused")) return found;
                if (found != expected)
                    return "another state at instance " + std::to_string(i) + " of " +
                           std::to_string(instances);
            }
        }
        return {};
    }

    std::size_t written() const { return rowsIn(sealed(m_rest + m_part)); }
    std::size_t mostOfPiece() const { return m_mostOfPiece; }
    std::int64_t sent() const { return m_sent; }
    Operator& op() { return *m_op; }
    bool isFrozen = false;
    std::function<void()> betweenCalls = [] {};

 private:
    template <class Call>
    void run(Call first) {
        Status status = first();
        betweenCalls();
        while (status.ok() && m_op->hasMore()) {
            status = m_op->resume(m_ignored);
            betweenCalls();
        }
        QVERIFY(status.ok());
    }

    const BoundNode& m_bound;
    const int m_wires;
    const std::size_t m_batchRows;
    std::unique_ptr<Operator> m_op;
    ChangingState* m_changing;
    Ignored m_ignored{};
    Instant m_watermark = kMinTimestamp;
    std::int64_t m_sent = 0;
    std::string m_atBarrier{}, m_rest{};  ///< of the last freeze
    std::string m_part{}, m_parts{};      ///< of it; of those that are kept
    std::size_t m_mostOfPiece = 0;
    bool m_whole = true;
};

}  // namespace rw::test::over
