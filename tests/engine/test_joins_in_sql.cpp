// Joins give the same as SQL for all pairs of rows that are in time, filtered: at several batch sizes and
// degrees, for any order of the two sides.
#include <fmt/format.h>

#include "tests/engine/given_rows.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kJoinings[] = {"inner", "left", "right", "full"};
constexpr const char* kConditions[] = {"left.k = right.k", "left.k = right.k AND left.v < right.v"};

/// The columns of both sides, as joins name them.
std::string bothSides() {
    std::string columns;
    for (const char* side : {"l", "r"}) {
        for (const char* column : {"k", "v", "d", "place", "ts"}) {
            columns += fmt::format("{}{}.{} AS {}{}", columns.empty() ? "" : ", ", side, column, column,
                                   *side == 'r' ? "_right" : "");
        }
    }
    return columns;
}

/// The random part of every join: its sources, its kind and the condition on a pair.
struct Drawn {
    GivenSource left{}, right{};
    std::string kind{}, on{};
    SqliteOracle oracle{};

    explicit Drawn(bool inTime, bool alsoLate = false)
        : left(*anySource(inTime)),
          right(*anySource(inTime)),
          kind(kJoinings[*rc::gen::inRange<std::size_t>(0, std::size(kJoinings))]),
          on(kConditions[*rc::gen::inRange<std::size_t>(0, std::size(kConditions))]) {
        load(oracle, "l", {left}, alsoLate);
        load(oracle, "r", {right}, alsoLate);
    }

    /// The condition with the names of the tables.
    std::string sqlOn() const { return on == kConditions[0] ? "l.k = r.k" : "l.k = r.k AND l.v < r.v"; }

    void expectJoined(const char* type, Json params, const std::string& query) const {
        params["on"] = on;
        params["kind"] = kind;
        Pipeline pipeline;
        pipeline.nodes = {sourceOf("lefts", left), sourceOf("rights", right), node("joined", type, params),
                          node("result", "table_view", {{"keep", 20'000}})};
        pipeline.wires = {{{"lefts", "out"}, {"joined", "left"}, Json::object()},
                          {{"rights", "out"}, {"joined", "right"}, Json::object()},
                          wire("joined", "result")};
        expectSql(pipeline, oracle, query);
    }
};

void regular() {
    const Drawn drawn(false, true);
    drawn.expectJoined(
        "join", Json::object(),
        fmt::format("SELECT {} FROM l {} JOIN r ON {}", bothSides(), drawn.kind, drawn.sqlOn()));
}

void intervals() {
    const Drawn drawn(false);
    const int lower = *rc::gen::inRange(-4, 3), upper = lower + *rc::gen::inRange(0, 5);
    drawn.expectJoined(
        "interval_join",
        {{"lower", fmt::format("{}ms", 500 * lower)}, {"upper", fmt::format("{}ms", 500 * upper)}},
        fmt::format("SELECT {} FROM l {} JOIN r ON {} AND r.ts - l.ts BETWEEN {} AND {}", bothSides(),
                    drawn.kind, drawn.sqlOn(), 500 * lower, 500 * upper));
}

/// Each row stands in as many windows as a hop has slides.
void windows() {
    const Drawn drawn(true);
    const int slides = *rc::gen::inRange(1, 4), slide = 1'000 * *rc::gen::inRange(1, 4);
    Json params = {{"window", slides == 1 ? "tumble" : "hop"}, {"size", fmt::format("{}ms", slides * slide)}};
    if (slides > 1) params["slide"] = fmt::format("{}ms", slide);
    std::string numbers = "SELECT 0 AS number";
    for (int number = 1; number < slides; ++number) numbers += fmt::format(" UNION ALL SELECT {}", number);
    const auto inWindows = [&](const char* table) {
        return fmt::format("(SELECT {0}.*, ({0}.ts / {1} - number) * {1} AS start FROM {0}, ({2})) AS {0}",
                           table, slide, numbers);
    };
    drawn.expectJoined(
        "window_join", params,
        fmt::format(
            "SELECT {0}, COALESCE(l.start, r.start) AS window_start, COALESCE(l.start, r.start) + {1} "
            "AS window_end, COALESCE(l.start, r.start) + {1} - 1 AS window_time "
            "FROM {2} {3} JOIN {4} ON {5} AND l.start = r.start",
            bothSides(), slides * slide, inWindows("l"), drawn.kind, inWindows("r"), drawn.sqlOn()));
}

/// Of the versions of a key the last that is not after the row; the condition is asked of that alone.
void versions() {
    Drawn drawn(false);
    if (drawn.kind != "left") drawn.kind = "inner";
    drawn.expectJoined(
        "temporal_join", Json::object(),
        fmt::format("SELECT {} FROM l {} JOIN r ON {} AND r.place = (SELECT place FROM r AS version WHERE "
                    "version.k = l.k AND version.ts <= l.ts ORDER BY ts DESC, place DESC LIMIT 1)",
                    bothSides(), drawn.kind, drawn.sqlOn()));
}

}  // namespace

int main() {
    tryCases(suites::JoinsInSql);
    expect(rc::check("join is JOIN", [] { regular(); }), "join is JOIN");
    expect(rc::check("interval_join is a filtered cross join", [] { intervals(); }),
           "interval_join is a filtered cross join");
    expect(rc::check("window_join joins the rows of each window", [] { windows(); }),
           "window_join joins the rows of each window");
    expect(rc::check("temporal_join finds the version of the time", [] { versions(); }),
           "temporal_join finds the version of the time");
    return summary();
}
