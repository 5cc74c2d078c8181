#include "tests/support/wide_job.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/text.h"

namespace rw::test {

namespace {

constexpr Instant kFirst = 1'709'251'200'000;  // 2024-03-01 00:00:00
constexpr int kLater = 1'000;                  ///< as much greater the numbers of operators are in the job
constexpr std::size_t kColumns = 4, kMostHashes = 150, kChartHashes = 16;

constexpr const char* kCells =
    "TRY_CAST(CASE((price = ''), null:VARCHAR(2147483647), price) AS BIGINT) AS price, CASE((channel = ''), "
    "null:VARCHAR(2147483647), channel) AS channel, ts$time AS ts";

std::string hashed(std::size_t times) {
    std::string hash = "channel";
    for (std::size_t i = 0; i < std::min(times, kMostHashes); ++i) hash = "MD5(" + hash + ")";
    return hash + " <> 'none'";
}

std::string pipelineText(std::size_t windows, std::size_t hashes) {
    std::string nodes = fmt::format(
        R"rill({{ "id": "bids", "type": "csv_source", "at": [0, 176], "params": {{ "path": "bids.csv",
        "columns": ["id BIGINT", "channel STRING", "price BIGINT", "ts TIMESTAMP(3)"],
        "event_time": "ts", "watermark_delay": "5s" }} }},
    {{ "id": "cheap", "type": "filter", "at": [288, 176], "params": {{ "condition": "{}" }} }},
    {{ "id": "shown", "type": "filter", "at": [0, 528],
        "params": {{ "condition": "{} AND MOD(id, 20) = 0" }} }},
    {{ "id": "lines", "type": "line_chart", "at": [288, 352],
        "params": {{ "x": "ts", "y": ["price"], "series": "channel", "span": "1min" }} }},
    {{ "id": "bars", "type": "bar_chart", "at": [288, 528],
        "params": {{ "category": "channel", "value": "price" }} }},
    {{ "id": "rows", "type": "table_view", "at": [288, 704], "params": {{ "keep": 1000 }} }})rill",
        hashed(hashes), hashed(hashes * kChartHashes));
    std::string wires = R"rill({ "from": "bids", "to": "cheap" }, { "from": "bids", "to": "shown" },
    { "from": "shown", "to": "lines" }, { "from": "shown", "to": "bars" },
    { "from": "shown", "to": "rows" })rill";
    for (std::size_t i = 1; i <= windows; ++i) {
        const std::size_t column = (i - 1) % kColumns, row = (i - 1) / kColumns;
        nodes += fmt::format(R"rill(,
    {{ "id": "per_{0}", "type": "window_aggregate", "at": [{1}, {3}], "params": {{ "window": "tumble",
        "size": "{0}min", "keys": ["channel"], "aggregates": ["COUNT(*) AS n", "SUM(price) AS total"] }} }},
    {{ "id": "out_{0}", "type": "csv_sink", "at": [{2}, {3}],
        "params": {{ "path": "out_{0}.csv" }} }})rill",
                             i, 608 + column * 560, 880 + column * 560, row * 176);
        wires += fmt::format(R"rill(,
    {{ "from": "cheap", "to": "per_{0}" }}, {{ "from": "per_{0}", "to": "out_{0}" }})rill",
                             i);
    }
    return R"rill({ "rill": 1, "name": "A wide job", "settings": { "time_zone": "UTC", "parallelism": 1 },
  "nodes": [ )rill" +
           nodes + " ],\n  \"wires\": [ " + wires + R"rill( ],
  "dashboard": { "cards": [ { "node": "lines", "at": [0, 0], "size": [12, 5] },
                            { "node": "bars", "at": [0, 5], "size": [6, 4] },
                            { "node": "rows", "at": [6, 5], "size": [6, 4] } ] } }
)rill";
}

/// The plan as it is explained, and the tasks that it becomes.
class Planner {
 public:
    /// Puts an operator behind `before` (0: behind none) into a task; its id.
    int add(std::size_t task, const std::string& type, const std::string& text, int before,
            const char* strategy = "FORWARD") {
        const int number = ++m_number, id = ++m_id;
        const std::string whole = fmt::format("{}({})", type, text);
        put(id, fmt::format("{}[{}]", type, number), fmt::format("[{}]:{}", number, whole), before, strategy);
        into(task, fmt::format("[{}]:{}", number + kLater, whole),
             fmt::format("{}[{}]", type, number + kLater));
        return id;
    }
    /// One that has no number.
    int addPlain(std::size_t task, const std::string& name, int before) {
        const int id = ++m_id;
        put(id, name, name, before, "FORWARD");
        into(task, name, name);
        return id;
    }
    std::string explained() const {
        return "== Abstract Syntax Tree ==\n\n== Physical Execution Plan ==\n" +
               Json{{"nodes", m_nodes}}.dump();
    }
    std::vector<FakeVertex> takeTasks() { return std::move(m_tasks); }

 private:
    void put(int id, const std::string& type, const std::string& contents, int before, const char* strategy) {
        Json node{{"id", id}, {"type", type}, {"pact", before > 0 ? "Operator" : "Data Source"}};
        node["contents"] = contents;
        node["parallelism"] = 1;
        if (before > 0)
            node["predecessors"] =
                Json::array({Json{{"id", before}, {"ship_strategy", strategy}, {"side", "second"}}});
        m_nodes.push_back(std::move(node));
    }
    void into(std::size_t task, const std::string& line, const std::string& name) {
        if (task >= m_tasks.size()) m_tasks.resize(task + 1);
        FakeVertex& vertex = m_tasks[task];
        vertex.operators.push_back(line);
        vertex.name += (vertex.name.empty() ? "" : " -> ") + name;
    }

    Json m_nodes = Json::array();
    std::vector<FakeVertex> m_tasks{};
    int m_number = 0, m_id = 0;
};

}  // namespace

WideJob wideJob(std::size_t tasks, std::size_t hashes) {
    const std::size_t windows = std::max<std::size_t>(tasks, 2) - 1;
    Planner plan;
    const int scan = plan.add(0, "TableSourceScan",
                              "table=[[default_catalog, default_database, bids$cells]], "
                              "fields=[id, channel, price, ts]",
                              0);
    const int cells = plan.add(0, "Calc",
                               "select=[id, channel, price, ts, COALESCE(TRY_CAST(ts AS TIMESTAMP(3)), "
                               "1970-01-01 00:00:00) AS ts$time]",
                               scan);
    const int assigner = plan.add(
        0, "WatermarkAssigner", "rowtime=[ts$time], watermark=[(ts$time - 5000:INTERVAL SECOND)]", cells);
    std::vector<int> writers;
    for (std::size_t i = 1; i <= windows; ++i) {
        const std::string window = fmt::format("size=[{} min]", i);
        const int typed =
            plan.add(0, "Calc", fmt::format("select=[{}], where=[(channel <> 'none')]", kCells), assigner);
        const int function = plan.add(0, "WindowTableFunction",
                                      fmt::format("window=[TUMBLE(time_col=[ts], {})]", window), typed);
        const int stamped = plan.add(0, "Calc",
                                     "select=[price, channel, window_start, window_end, window_time, "
                                     "CURRENT_WATERMARK(CAST(window_time AS TIMESTAMP(3))) AS stamp]",
                                     function);
        const int guard = plan.add(0, "Calc",
                                   "select=[window_start, window_end, window_time, channel, price], "
                                   "where=[(stamp IS NULL OR (stamp < CAST(window_time AS TIMESTAMP(3))))]",
                                   stamped);
        const int counted = plan.add(
            i, "WindowAggregate",
            fmt::format("groupBy=[channel], window=[TUMBLE(win_start=[window_start], "
                        "win_end=[window_end], {})], select=[channel, COUNT(*) AS n, SUM(price) AS total, "
                        "start('w$) AS window_start, end('w$) AS window_end, rowtime('w$) AS window_time]",
                        window),
            guard, "HASH");
        const int made =
            plan.add(i, "Calc", "select=[window_start, window_end, window_time, channel, n, total]", counted);
        const int inserted = plan.add(i, "StreamRecordTimestampInserter", "rowtime field: 2", made);
        writers.push_back(plan.addPlain(i, "StreamingFileWriter", inserted));
    }
    for (std::size_t i = 0; i < writers.size(); ++i) plan.addPlain(i + 1, "end: Writer", writers[i]);
    WideJob job;
    job.pipeline = pipelineText(windows, hashes);
    job.explained = plan.explained();
    job.vertices = plan.takeTasks();
    return job;
}

std::string wideJobLine(std::size_t number) {
    std::string line = fmt::format("{},c{},{},", number, number % 5, number * 7'919 % 1'000);
    appendTimestamp(line, kFirst + static_cast<Instant>(number) * 20);
    return line;
}

std::vector<std::vector<std::string>> wideJobPage(std::size_t first, std::size_t rows) {
    std::vector<std::vector<std::string>> page;
    for (const char* const chart : {"lines", "bars", "rows"}) {
        for (std::size_t row = first; row < first + rows; ++row) {
            std::string time;
            appendTimestamp(time, kFirst + static_cast<Instant>(row) * 20);
            page.push_back({chart, std::to_string(row), fmt::format("c{}", row % 5),
                            std::to_string(row * 7'919 % 1'000), time});
        }
    }
    return page;
}

}  // namespace rw::test
