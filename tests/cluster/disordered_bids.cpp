#include "tests/cluster/disordered_bids.h"

#include <fmt/format.h>

#include <fstream>

#include "core/data/text.h"

namespace rw::cluster {

namespace {

constexpr Instant kFirst = 1'709'251'200'000;          // 2024-03-01 00:00:00
constexpr std::uint64_t kNear = 4'000, kFar = 20'000;  // ms; the watermark waits 5 s

class Numbers {
 public:
    std::uint64_t below(std::uint64_t end) {
        m_state = m_state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        return (m_state >> 33U) % end;
    }

 private:
    std::uint64_t m_state = 12'345;
};

constexpr const char* kCharts = R"rill(,
    { "id": "lines", "type": "line_chart", "params": { "y": ["n"], "series": "channel", "span": "0s" } },
    { "id": "rows", "type": "table_view", "params": { "keep": 10000 } })rill";
constexpr const char* kChartWires = R"rill(,
    { "from": "per_minute", "to": "lines" }, { "from": "per_minute", "to": "rows" })rill";

constexpr const char* kPipeline = R"rill({{ "rill": 1, "name": "{}",
  "settings": {{ "time_zone": "UTC", "parallelism": {} }},
  "nodes": [
    {{ "id": "bids", "type": "csv_source", "params": {{ "path": "bids.csv",
        "columns": ["id BIGINT", "channel STRING", "price BIGINT", "ts TIMESTAMP(3)"],
        "event_time": "ts", "watermark_delay": "5s" }} }},
    {{ "id": "cheap", "type": "filter", "params": {{ "condition": "{}" }} }},
    {{ "id": "per_minute", "type": "window_aggregate", "params": {{ "window": "tumble", "size": "1min",
        "keys": ["channel"], "aggregates": ["COUNT(*) AS n", "SUM(price) AS total"] }} }},
    {{ "id": "results", "type": "csv_sink", "params": {{ "path": "results.csv" }} }},
    {{ "id": "late", "type": "csv_sink", "params": {{ "path": "late.csv" }} }},
    {{ "id": "rejected", "type": "csv_sink", "params": {{ "path": "rejected.csv" }} }}{} ],
  "wires": [
    {{ "from": "bids", "to": "cheap" }}, {{ "from": "cheap", "to": "per_minute" }},
    {{ "from": "per_minute", "to": "results" }}, {{ "from": "per_minute.late", "to": "late" }},
    {{ "from": "bids.rejected", "to": "rejected" }}{} ] }}
)rill";

}  // namespace

BidCounts writeDisorderedBids(const std::filesystem::path& file, const DisorderedBids& bids) {
    BidCounts counts;
    counts.rows = bids.rows;
    Numbers numbers;
    std::ofstream out(file, std::ios::binary);
    std::string text = "id,channel,price,ts\n";
    for (std::uint64_t i = 0; i < bids.rows; ++i) {
        const bool far = numbers.below(50) == 0 && bids.late;
        const std::uint64_t behind = numbers.below(far ? kFar : kNear);
        const std::uint64_t price = numbers.below(1'000);
        const bool bad = i % 997 == 5;
        counts.rejected += bad ? 1U : 0U;
        counts.dear += !bad && price >= 900 ? 1U : 0U;
        text += fmt::format("{},c{},{},", i, numbers.below(5), bad ? "ten" : std::to_string(price));
        appendTimestamp(text, kFirst + static_cast<Instant>(i * 20 + kFar - behind));
        text += '\n';
        if (text.size() > 100'000) {
            out << text;
            text.clear();
        }
    }
    out << text;
    return counts;
}

std::string bidPipeline(const BidPipeline& pipeline) {
    std::string condition = "price < 900";
    if (pipeline.hashes > 0) {
        std::string hash = "channel";
        for (int i = 0; i < pipeline.hashes; ++i) hash = "MD5(" + hash + ")";
        condition += " AND " + hash + " <> 'none'";
    }
    return fmt::format(kPipeline, pipeline.name, pipeline.parallelism, condition,
                       pipeline.charts ? kCharts : "", pipeline.charts ? kChartWires : "");
}

}  // namespace rw::cluster
