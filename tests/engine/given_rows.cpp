#include "tests/engine/given_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/data/text.h"
#include "core/pipeline/json/json.h"
#include "core/views/table_view.h"
#include "tests/support/noon.h"

namespace rw::test {

namespace {

constexpr Millis kHalfSecond = 500;
constexpr int kMostAhead = 8, kMostRows = 30;

Value keyOf(const GivenRow& row) {
    return row.letter == 0 ? Value{} : Value(std::string(1, static_cast<char>('a' + row.letter - 1)));
}

Value valueOf(const GivenRow& row) {
    return row.value == 0 ? Value{} : Value(std::int32_t{row.value});
}

/// Eighths: their sums are exact in any order.
Value numberOf(const GivenRow& row) {
    return row.eighths == 0 ? Value{} : Value(row.eighths / 8.0);
}

std::string textOf(const Value& value) {
    if (isNull(value)) return "NULL";
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* small = std::get_if<std::int32_t>(&value)) return std::to_string(*small);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    std::string text;
    appendDouble(text, std::get<double>(value));
    return text;
}

Json cellOf(const Value& value) {
    return isNull(value) ? Json() : Json(textOf(value));
}

}  // namespace

Instant GivenSource::timeOf(std::size_t place) const {
    return kNoon + kHalfSecond * (static_cast<Instant>(place / 2) + rows[place].ahead);
}

bool GivenSource::isLate(std::size_t place) const {
    Instant largest = kMinTimestamp;
    for (std::size_t before = 0; before < place; ++before) largest = std::max(largest, timeOf(before));
    return timeOf(place) <= saturatingAdd(largest, -kHalfSecond * delay);
}

rc::Gen<GivenSource> anySource(bool inTime) {
    const auto row =
        rc::gen::build<GivenRow>(rc::gen::set(&GivenRow::letter, rc::gen::inRange(0, 4)),
                                 rc::gen::set(&GivenRow::value, rc::gen::inRange(0, 6)),
                                 rc::gen::set(&GivenRow::eighths, rc::gen::inRange(-9, 10)),
                                 rc::gen::set(&GivenRow::ahead, rc::gen::inRange(0, kMostAhead + 1)));
    // As far behind the newest as no row is.
    const auto delay = inTime ? rc::gen::just(kMostAhead + 1) : rc::gen::inRange(0, kMostAhead);
    const auto rows = rc::gen::nonEmpty(rc::gen::container<std::vector<GivenRow>>(row));
    return rc::gen::build<GivenSource>(rc::gen::set(&GivenSource::rows, rc::gen::resize(kMostRows, rows)),
                                       rc::gen::set(&GivenSource::delay, delay));
}

std::vector<GivenSource> oneOrTwo(bool inTime) {
    std::vector<GivenSource> sources{*anySource(inTime)};
    if (*rc::gen::arbitrary<bool>()) sources.push_back(*anySource(inTime));
    return sources;
}

Node sourceOf(const char* id, const GivenSource& source) {
    Json rows = Json::array();
    for (std::size_t place = 0; place < source.rows.size(); ++place) {
        const GivenRow& row = source.rows[place];
        std::string time;
        appendTimestamp(time, source.timeOf(place));
        rows.push_back(
            {cellOf(keyOf(row)), cellOf(valueOf(row)), cellOf(numberOf(row)), std::to_string(place), time});
    }
    return node(id, "rows",
                {{"columns", {"k STRING", "v INT", "d DOUBLE", "place BIGINT", "ts TIMESTAMP(3)"}},
                 {"rows", rows},
                 {"event_time", "ts"},
                 {"watermark_delay", std::to_string(kHalfSecond * source.delay) + "ms"}});
}

Pipeline chainOf(const std::vector<GivenSource>& sources, const std::vector<Node>& nodes) {
    Pipeline made;
    for (std::size_t i = 0; i < sources.size(); ++i)
        made.nodes.push_back(sourceOf(("source" + std::to_string(i)).c_str(), sources[i]));
    std::string last = made.nodes.front().id;
    if (sources.size() > 1) {
        last = "all";
        for (const Node& source : made.nodes) made.wires.push_back(wire(source.id.c_str(), "all"));
        made.nodes.push_back(node("all", "union"));
    }
    for (const Node& each : nodes) {
        made.wires.push_back(wire(last.c_str(), each.id.c_str()));
        made.nodes.push_back(each);
        last = each.id;
    }
    made.wires.push_back(wire(last.c_str(), "result"));
    made.nodes.push_back(node("result", "table_view", {{"keep", 20'000}}));
    return made;
}

void load(SqliteOracle& oracle, const std::string& name, const std::vector<GivenSource>& sources,
          bool alsoLate) {
    const Schema schema{{{"k", Type::of(TypeId::String)},
                         {"v", Type::of(TypeId::Int)},
                         {"d", Type::of(TypeId::Double)},
                         {"place", Type::of(TypeId::Bigint)},
                         {"ts", Type::of(TypeId::Timestamp)},
                         {"wire", Type::of(TypeId::Bigint)}}};
    std::vector<std::vector<Value>> rows;
    for (std::size_t wire = 0; wire < sources.size(); ++wire) {
        for (std::size_t place = 0; place < sources[wire].rows.size(); ++place) {
            if (!alsoLate && sources[wire].isLate(place)) continue;
            const GivenRow& row = sources[wire].rows[place];
            rows.push_back({keyOf(row), valueOf(row), numberOf(row), Value(static_cast<std::int64_t>(place)),
                            Value(sources[wire].timeOf(place)), Value(static_cast<std::int64_t>(wire))});
        }
    }
    oracle.load(name, schema, rows);
}

std::vector<std::string> tableLines(const Run& run, const char* id) {
    const auto view = std::dynamic_pointer_cast<TableView>(run.view(id));
    std::vector<std::string> lines;
    for (const TableRowRef& row : view->snapshot().rows) {
        std::string line;
        for (std::size_t i = 0; i < row->size(); ++i)
            line += (i > 0 ? ", " : "") + view->info().columns[i].name + "=" + textOf((*row)[i]);
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

void atEveryDegree(const Pipeline& pipeline, const std::function<std::string(const Run&)>& wrong) {
    for (const int parallelism : {1, 2, 5}) {
        const auto plan = planOf(pipeline, parallelism);
        for (const std::size_t batchRows : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
            RunOptions options;
            options.batchRows = batchRows;
            const auto run = runToEnd(plan, options);
            const bool ran = run && run->state() == RunState::Finished;
            const std::string why = ran ? wrong(*run) : std::string("it does not run");
            if (why.empty()) continue;
            const std::string message = fmt::format("batches of {} rows, {} tasks: {}\n{}", batchRows,
                                                    parallelism, why, savePipeline(pipeline));
            RC_FAIL(message);
        }
    }
}

void expectSql(const Pipeline& pipeline, const SqliteOracle& oracle, const std::string& query) {
    const std::vector<std::string> expected = oracle.rows(query);
    atEveryDegree(pipeline, [&](const Run& run) {
        const std::vector<std::string> found = tableLines(run, "result");
        if (found == expected) return std::string();
        return fmt::format("expected\n  {}\nfound\n  {}\n{}", fmt::join(expected, "\n  "),
                           fmt::join(found, "\n  "), query);
    });
}

}  // namespace rw::test
