// How fast joins take rows: rows of both sides a second on one core, from batches in memory to pairs. With an
// argument only those whose names hold it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/stamper.h"
#include "tests/bench/operators.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr std::size_t kRows = 4'096, kBatches = 100;  // of either side
constexpr Millis kDelay = 1'000;
constexpr int kEventTime = 3;

/// The rows of a side: bids that stay, or the newest state of as many things, one update a row.
enum class Side { Stays, Changes };

SchemaRef schema() {
    static const SchemaRef kSchema =
        std::make_shared<const Schema>(Schema{{{"id", Type::of(TypeId::Bigint)},
                                               {"price", Type::of(TypeId::Bigint)},
                                               {"channel", Type::of(TypeId::String)},
                                               {"ts", Type::of(TypeId::Timestamp)}}});
    return kSchema;
}

/// 10 000 rows a second of event time, ids at random below `ids`. The same for the same seed.
std::vector<Batch> batchesOf(Side side, std::uint64_t ids, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<Batch> batches;
    StampState state;
    std::int64_t number = 0;
    std::vector<std::int64_t> prices(ids, -1);
    for (std::size_t i = 0; i < kBatches; ++i) {
        std::vector<ColumnBuilder> columns;
        for (const Field& field : schema()->fields) columns.emplace_back(field.type);
        std::vector<RowKind> kinds;
        const auto add = [&](std::uint64_t id, std::int64_t price, RowKind kind) {
            columns[0].append(static_cast<std::int64_t>(id));
            columns[1].append(price);
            static const char* const kChannels[] = {"Google", "Facebook", "Baidu", "Apple", "other"};
            columns[2].appendString(kChannels[id % 5]);
            columns[3].append<Instant>(1'700'000'000'000 + number / 10);
            kinds.push_back(kind);
            ++number;
        };
        while (kinds.size() < kRows) {
            const std::uint64_t id = random() % ids;
            const auto price = static_cast<std::int64_t>(random() % 1'000'000);
            const bool known = side == Side::Changes && prices[id] >= 0;
            if (known) add(id, prices[id], RowKind::UpdateBefore);
            add(id, price, known ? RowKind::UpdateAfter : RowKind::Insert);
            prices[id] = price;
        }
        Batch batch;
        batch.schema = schema();
        batch.rows = kinds.size();
        batch.positions.first = number - static_cast<std::int64_t>(batch.rows);
        for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
        if (side == Side::Changes) {
            batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        } else {
            stamp(batch, kEventTime, kDelay, state, StampedBatches::All);
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

StreamType typeOf(Side side) {
    StreamType type;
    type.schema = schema();
    type.updating = side == Side::Changes;
    if (type.updating) type.key = {0};
    if (!type.updating) type.eventTime = kEventTime;
    return type;
}

std::string wanted;  ///< part of the names that are measured

struct Input {
    Side side = Side::Stays;
    std::vector<Batch> batches{};
};

void measure(const char* name, const char* type, Json params, const Input& left, const Input& right) {
    if (std::string_view(name).find(wanted) == std::string_view::npos) return;
    static const Catalogue kCatalogue = builtin();
    const NodeKind& kind = *kCatalogue.find(type);
    Node node;
    node.params = std::move(params);
    const Settings settings;
    std::vector<Issue> issues;
    const Input* const inputs[] = {&left, &right};
    BindContext context(node, kind.params, settings, "/", {{typeOf(left.side)}, {typeOf(right.side)}},
                        issues);
    const BoundNodeRef bound = kind.bind(context);
    if (!bound) fail(name, english(issues.front()));
    MakeContext make;
    make.clock = systemClock();
    for (const Input* input : inputs) make.inputs.push_back(InputInfo{typeOf(input->side)});
    double best = 0;
    std::size_t results = 0, kept = 0, rows = 0;
    for (int round = 0; round < 3; ++round) {
        auto made = kind.make(*bound, make);
        const auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
        op->outputPorts = static_cast<int>(bound->outputs.size());
        Counting out;
        rows = 0;
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < kBatches; ++i) {
            Instant watermark = kMaxTimestamp;
            for (const int port : {0, 1}) {
                const Batch& batch = inputs[port]->batches[i];
                finish(name, *op, out, op->onBatch(port, batch, out));
                finish(name, *op, out, op->onPortWatermark(port, batch.watermark, out));
                watermark = std::min(watermark, batch.watermark);
                rows += batch.rows;
            }
            finish(name, *op, out, op->onWatermark(watermark, out));
        }
        kept = op->stateSize().bytes;
        for (const int port : {0, 1}) finish(name, *op, out, op->onPortWatermark(port, kMaxTimestamp, out));
        finish(name, *op, out, op->onWatermark(kMaxTimestamp, out));
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(rows) / seconds);
        results = out.rows;
    }
    if (results == 0) fail(name, "no results");
    fmt::print("{:<46} {:>7.2f} M rows/s {:>7.1f} ns/row {:>9} results {:>7.1f} MB kept\n", name, best / 1e6,
               1e9 / best, results, static_cast<double>(kept) / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1) wanted = argv[1];
    constexpr std::uint64_t kMany = 400'000, kFew = 20'000;
    const Input orders{Side::Stays, batchesOf(Side::Stays, kMany, 1)};
    const Input payments{Side::Stays, batchesOf(Side::Stays, kMany, 2)};
    const Input prices{Side::Changes, batchesOf(Side::Changes, kFew, 3)};
    const Input stocks{Side::Changes, batchesOf(Side::Changes, kFew, 4)};
    const auto on = [](const char* kind, const char* more = "") {
        return Json{{"on", std::string("left.id = right.id") + more}, {"kind", kind}};
    };
    const auto with = [](Json params, const Json& more) {
        params.update(more);
        return params;
    };
    measure("join: inner, rows that stay", "join", on("inner"), orders, payments);
    measure("join: inner, and a condition", "join", on("inner", " AND left.price < right.price"), orders,
            payments);
    measure("join: full, rows that stay", "join", on("full"), orders, payments);
    measure("join: inner, keys live for 5s", "join", with(on("inner"), {{"state_ttl", "5s"}}), orders,
            payments);
    measure("join: inner, two tables", "join", on("inner"), prices, stocks);
    measure("join: full, two tables", "join", on("full"), prices, stocks);
    measure("join: left, rows that stay and a table", "join", on("left"), payments, stocks);
    const Json close = {{"lower", "-5s"}, {"upper", "5s"}};
    measure("interval_join: inner, 5s around", "interval_join", with(on("inner"), close), orders, payments);
    measure("interval_join: full, 5s around", "interval_join", with(on("full"), close), orders, payments);
    const Json tumble = {{"window", "tumble"}, {"size", "10s"}};
    measure("window_join: inner, tumble 10s", "window_join", with(on("inner"), tumble), orders, payments);
    measure("window_join: full, tumble 10s", "window_join", with(on("full"), tumble), orders, payments);
}
