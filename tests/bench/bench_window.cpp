// How fast windows take rows: rows a second on one core, from batches in memory to results. With an argument
// only those whose names hold it.
#include <fmt/format.h>

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

constexpr std::size_t kRows = 4'096, kBatches = 500;
constexpr Millis kDelay = 5'000;

/// Bids as they come from a source: 10 000 a second of event time, one in twenty up to 4 s out of order.
std::vector<Batch> bids(Millis disorder) {
    auto schema = std::make_shared<Schema>();
    schema->fields = {{"auction", Type::of(TypeId::Bigint)}, {"bidder", Type::of(TypeId::Bigint)},
                      {"price", Type::of(TypeId::Bigint)},   {"channel", Type::of(TypeId::String)},
                      {"load", Type::of(TypeId::Double)},    {"ts", Type::of(TypeId::Timestamp)}};
    std::mt19937_64 random(1);
    std::vector<Batch> batches;
    StampState state;
    std::int64_t number = 0;
    for (std::size_t i = 0; i < kBatches; ++i) {
        std::vector<ColumnBuilder> columns;
        for (const Field& field : schema->fields) columns.emplace_back(field.type);
        for (std::size_t row = 0; row < kRows; ++row, ++number) {
            const auto hot = random() % 2 == 0;
            columns[0].append<std::int64_t>(hot ? number / 10'000 * 100
                                                : number / 100 + static_cast<std::int64_t>(random() % 1'000));
            columns[1].append(static_cast<std::int64_t>(random() % 100'000));
            columns[2].append(static_cast<std::int64_t>(random() % 10'000'000));
            static const char* const kChannels[] = {"Google", "Facebook", "Baidu", "Apple", "other"};
            columns[3].appendString(kChannels[random() % 5]);
            columns[4].append(static_cast<double>(random() % 1'000) / 7);
            const Millis back = disorder > 0 && random() % 20 == 0
                                    ? static_cast<Millis>(random() % static_cast<std::uint64_t>(disorder))
                                    : 0;
            columns[5].append<Instant>(1'700'000'000'000 + number / 10 - back);
        }
        Batch batch;
        batch.schema = schema;
        batch.rows = kRows;
        batch.positions.first = number - static_cast<std::int64_t>(kRows);
        for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
        stamp(batch, 5, kDelay, state);
        batches.push_back(std::move(batch));
    }
    return batches;
}

StreamType typeOf(const std::vector<Batch>& batches) {
    StreamType type;
    type.schema = batches.front().schema;
    type.eventTime = 5;
    return type;
}

std::string wanted;  ///< part of the names that are measured

void measure(const char* name, const std::vector<Batch>& batches, Json params,
             const char* type = "window_aggregate") {
    if (std::string_view(name).find(wanted) == std::string_view::npos) return;
    static const Catalogue kCatalogue = builtin();
    const NodeKind& kind = *kCatalogue.find(type);
    Node node;
    node.params = std::move(params);
    const Settings settings;
    std::vector<Issue> issues;
    BindContext context(node, kind.params, settings, "/", {{typeOf(batches)}}, issues);
    const BoundNodeRef bound = kind.bind(context);
    if (!bound) fail(name, english(issues.front()));
    MakeContext make;
    make.inputs = {InputInfo{typeOf(batches)}};
    double best = 0;
    std::size_t results = 0, keys = 0;
    for (int round = 0; round < 3; ++round) {
        auto made = kind.make(*bound, make);
        const auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
        op->outputPorts = 3;
        Counting out;
        const auto start = std::chrono::steady_clock::now();
        for (const Batch& batch : batches) {
            finish(name, *op, out, op->onBatch(0, batch, out));
            finish(name, *op, out, op->onWatermark(batch.watermark, out));
            if (&batch == &batches[kBatches / 2]) keys = op->stateSize().keys;
        }
        finish(name, *op, out, op->onWatermark(kMaxTimestamp, out));
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(kRows * kBatches) / seconds);
        results = out.rows;
    }
    if (results == 0) fail(name, "no results");
    fmt::print("{:<46} {:>7.1f} M rows/s {:>7.1f} ns/row {:>9} results {:>8} keys held\n", name, best / 1e6,
               1e9 / best, results, keys);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1) wanted = argv[1];
    const auto tidy = bids(0), usual = bids(4'000), wild = bids(8'000);
    const Json few = {
        {"window", "tumble"},
        {"size", "10s"},
        {"keys", {"channel"}},
        {"aggregates", {"COUNT(*) AS n", "SUM(price) AS s", "AVG(price) AS a", "MAX(price) AS m"}}};
    measure("few: tumble 10s by 5 channels", usual, few);
    measure("few, in order", tidy, few);
    measure("few, 2.5 % late", wild, few);
    Json one = few;
    one["keys"] = Json::array();
    measure("tumble 10s without keys", usual, one);
    Json doubles = few;
    doubles["aggregates"] = {"COUNT(*) AS n", "AVG(load) AS a", "MAX(load) AS m"};
    measure("few: COUNT, AVG, MAX of a DOUBLE", usual, doubles);
    const Json count = {"COUNT(*) AS n", "MAX(price) AS m"};
    measure("many: tumble 10s by auction", usual,
            {{"window", "tumble"}, {"size", "10s"}, {"keys", {"auction"}}, {"aggregates", count}});
    measure("tumble 1min by 100 000 bidders", usual,
            {{"window", "tumble"}, {"size", "1min"}, {"keys", {"bidder"}}, {"aggregates", count}});
    measure("tumble 1min by bidder and channel", usual,
            {{"window", "tumble"}, {"size", "1min"}, {"keys", {"bidder", "channel"}}, {"aggregates", count}});
    measure("q5: hop 10s / 2s by auction", usual,
            {{"window", "hop"},
             {"size", "10s"},
             {"slide", "2s"},
             {"keys", {"auction"}},
             {"aggregates", {"COUNT(*) AS n"}}});
    measure(
        "hop 1h / 1s by channel", usual,
        {{"window", "hop"}, {"size", "1h"}, {"slide", "1s"}, {"keys", {"channel"}}, {"aggregates", count}});
    measure("cumulate 1min / 1s by channel", usual,
            {{"window", "cumulate"},
             {"size", "1min"},
             {"step", "1s"},
             {"keys", {"channel"}},
             {"aggregates", count}});
    measure("q11: session 10s by bidder", usual,
            {{"window", "session"}, {"gap", "10s"}, {"keys", {"bidder"}}, {"aggregates", {"COUNT(*) AS n"}}});
    measure("hist: COUNT, COUNT(DISTINCT bidder)", usual,
            {{"window", "tumble"},
             {"size", "1min"},
             {"keys", {"channel"}},
             {"aggregates", {"COUNT(*) AS n", "COUNT(DISTINCT bidder) AS d"}}});
    measure("sort", usual, Json::object(), "sort");
    measure("deduplicate: first of each auction", usual, {{"keys", {"auction"}}}, "deduplicate");
    measure("deduplicate: last of each auction", usual, {{"keys", {"auction"}}, {"keep", "last"}},
            "deduplicate");
}
