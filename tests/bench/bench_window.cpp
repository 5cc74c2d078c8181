// How fast windows and other keyed nodes take rows: rows a second on one core, from batches in memory to
// results. With an argument only those whose names hold it.
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
    if (batches.front().kinds) {  // the newest bid of each bidder
        type.eventTime = -1;
        type.updating = type.made = true;
        type.key = {1};
    }
    return type;
}

std::string wanted;  ///< part of the names that are measured

/// Makes operators of a node for such batches.
class Maker {
 public:
    Maker(const char* name, const char* type, Json params, const std::vector<Batch>& batches)
        : m_kind(kindOf(type)) {
        Node node;
        node.params = std::move(params);
        const Settings settings;
        std::vector<Issue> issues;
        BindContext context(node, m_kind.params, settings, "/", {{typeOf(batches)}}, issues);
        m_bound = m_kind.bind(context);
        if (!m_bound) fail(name, english(issues.front()));
        m_context.inputs = {InputInfo{typeOf(batches)}};
    }
    std::unique_ptr<Operator> make() const {
        auto made = m_kind.make(*m_bound, m_context);
        auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
        op->outputPorts = static_cast<int>(m_kind.outputs.size());
        return op;
    }

 private:
    static const NodeKind& kindOf(const char* type) {
        static const Catalogue kCatalogue = builtin();
        return *kCatalogue.find(type);
    }

    const NodeKind& m_kind;
    BoundNodeRef m_bound;
    MakeContext m_context;
};

/// The newest bid of each bidder as it changes, in batches as deduplicate sends them.
std::vector<Batch> newest(const std::vector<Batch>& batches) {
    const char* const name = "the newest bids";
    const Maker maker(name, "deduplicate", {{"keys", {"bidder"}}, {"keep", "last"}}, batches);
    const auto op = maker.make();
    std::vector<Batch> changes;
    Counting out;
    out.kept = &changes;
    for (const Batch& batch : batches) finish(name, *op, out, op->onBatch(0, batch, out));
    return changes;
}

void measure(const char* name, const std::vector<Batch>& batches, Json params,
             const char* type = "window_aggregate") {
    if (std::string_view(name).find(wanted) == std::string_view::npos) return;
    const Maker maker(name, type, std::move(params), batches);
    double best = 0;
    std::size_t results = 0, keys = 0, rows = 0;
    for (const Batch& batch : batches) rows += batch.rows;
    for (int round = 0; round < 3; ++round) {
        const auto op = maker.make();
        Counting out;
        const auto start = std::chrono::steady_clock::now();
        for (const Batch& batch : batches) {
            finish(name, *op, out, op->onBatch(0, batch, out));
            finish(name, *op, out, op->onWatermark(batch.watermark, out));
            if (&batch == &batches[batches.size() / 2]) keys = op->stateSize().keys;
        }
        finish(name, *op, out, op->onWatermark(kMaxTimestamp, out));
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(rows) / seconds);
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
    const Json totals = {"COUNT(*) AS n", "SUM(price) AS s", "MAX(price) AS m"};
    measure("group: all rows", usual, {{"aggregates", totals}}, "group_aggregate");
    measure("group: by 5 channels", usual, {{"keys", {"channel"}}, {"aggregates", totals}},
            "group_aggregate");
    const Json byBidder = {{"keys", {"bidder"}}, {"aggregates", totals}};
    measure("group: by 100 000 bidders", usual, byBidder, "group_aggregate");
    Json forgetting = byBidder;
    forgetting["state_ttl"] = "1s";
    measure("group: by bidder, forgotten after 1s", usual, forgetting, "group_aggregate");
    if (wanted.find("group") == std::string::npos && !wanted.empty()) return 0;
    const auto changes = newest(usual);
    measure("group: changing rows by 5 channels", changes, {{"keys", {"channel"}}, {"aggregates", totals}},
            "group_aggregate");
    measure("group: changing rows by 100 000 bidders", changes, byBidder, "group_aggregate");
}
