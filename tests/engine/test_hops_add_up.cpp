// Without late rows the counts and sums of a hop are those of the tumbling windows that it is made of, taken
// together: over one source or two in any disorder, at several batch sizes and degrees.
#include <fmt/format.h>

#include <map>
#include <optional>

#include "core/views/table_view.h"
#include "tests/engine/given_rows.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The result of a window for a key: COUNT(*), COUNT(v), SUM(v), SUM(d).
struct Sums {
    std::int64_t rows = 0, values = 0;
    std::optional<std::int64_t> sum{};
    std::optional<double> number{};
    bool operator==(const Sums&) const = default;

    void add(const Sums& other) {
        rows += other.rows;
        values += other.values;
        if (other.sum) sum = sum.value_or(0) + *other.sum;
        if (other.number) number = number.value_or(0) + *other.number;
    }
};
/// By the start of the window and the key.
using Windows = std::map<std::pair<Instant, std::string>, Sums>;

template <class T>
std::optional<T> given(const Value& value) {
    return isNull(value) ? std::nullopt : std::optional<T>(std::get<T>(value));
}

Windows shownBy(const Run& run, const char* id) {
    Windows windows;
    for (const TableRowRef& row : std::dynamic_pointer_cast<TableView>(run.view(id))->snapshot().rows) {
        const TableRow& cells = *row;  // window_start, window_end, window_time, k, and the aggregates
        windows[{std::get<Instant>(cells[0]), given<std::string>(cells[3]).value_or("NULL")}] = {
            std::get<std::int64_t>(cells[4]), std::get<std::int64_t>(cells[5]), given<std::int64_t>(cells[6]),
            given<double>(cells[7])};
    }
    return windows;
}

std::string described(const Windows& windows) {
    std::string text;
    for (const auto& [window, sums] : windows) {
        text += fmt::format("  {} {}: {} {} {} {}\n", window.first, window.second, sums.rows, sums.values,
                            sums.sum.value_or(-1), sums.number.value_or(-1));
    }
    return text;
}

void hopsAreTheirTumbles() {
    const std::vector<GivenSource> sources = oneOrTwo(true);
    const Millis slide = 500 * *rc::gen::inRange(1, 8);
    const int slides = *rc::gen::inRange(1, 6);
    const auto window = [&](const char* id, Json params) {
        params["offset"] = "250ms";
        params["keys"] = Json::array({"k"});
        params["aggregates"] = Json::array({"COUNT(*) AS n", "COUNT(v) AS c", "SUM(v) AS s", "SUM(d) AS f"});
        return node(id, "window_aggregate", std::move(params));
    };
    Pipeline pipeline = chainOf(sources, {window("hop", {{"window", "hop"},
                                                         {"size", fmt::format("{}ms", slide * slides)},
                                                         {"slide", fmt::format("{}ms", slide)}})});
    const std::string before = sources.size() > 1 ? "all" : "source0";
    pipeline.nodes.push_back(window("tumble", {{"window", "tumble"}, {"size", fmt::format("{}ms", slide)}}));
    pipeline.nodes.push_back(node("parts", "table_view", {{"keep", 20'000}}));
    pipeline.wires.push_back(wire(before.c_str(), "tumble"));
    pipeline.wires.push_back(wire("tumble", "parts"));
    std::size_t rows = 0;
    for (const GivenSource& source : sources) rows += source.rows.size();
    atEveryDegree(pipeline, [&](const Run& run) {
        const Windows parts = shownBy(run, "parts"), hops = shownBy(run, "result");
        Windows expected;
        std::size_t counted = 0;
        for (const auto& [part, sums] : parts) {
            counted += static_cast<std::size_t>(sums.rows);
            for (int back = 0; back < slides; ++back)
                expected[{part.first - back * slide, part.second}].add(sums);
        }
        if (counted != rows) return fmt::format("{} rows of {} are in a window", counted, rows);
        if (hops == expected) return std::string();
        return "expected\n" + described(expected) + "found\n" + described(hops);
    });
}

}  // namespace

int main() {
    tryCases(suites::HopsAddUp);
    expect(rc::check("a hop is the sum of its tumbles", [] { hopsAreTheirTumbles(); }),
           "a hop is the sum of its tumbles");
    return summary();
}
