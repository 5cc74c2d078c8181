// deduplicate and top_n, by ROW_NUMBER; sort.
#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/lateness.h"
#include "core/nodes/sort_items.h"
#include "core/nodes/window_params.h"

namespace rw {

namespace {

/// The partition that a top_n ranks in, and the order.
struct Ranking {
    std::vector<int> partition{};
    std::vector<SortColumn> by{};
    std::string windowEnd{};  ///< quoted; empty: the rows carry no windows

    bool uses(int column) const {
        return std::find(partition.begin(), partition.end(), column) != partition.end() ||
               std::any_of(by.begin(), by.end(),
                           [column](const SortColumn& sorted) { return sorted.column == column; });
    }
};

/// Rows that are equal in the columns that rank them: in the order of their source Flink takes them as we do.
/// Made rows go by their time and columns, changing ones by their columns, which is written; other ties
/// must not happen.
void breakTies(NodeForm& form, const StreamType& input, Ranking& ranking) {
    const bool unique = input.updating && !input.multiset && !input.key.empty() &&
                        std::all_of(input.key.begin(), input.key.end(),
                                    [&ranking](int column) { return ranking.uses(column); });
    if (unique || (!input.updating && input.sourceOrder)) return;
    const auto add = [&ranking](int column) {
        if (!ranking.uses(column)) ranking.by.push_back({column, false});
    };
    if (!input.updating && !input.made) {
        if (input.eventTime >= 0) add(input.eventTime);
        flinkWhen(form, RW_TEXT("deploy", "no two rows are equal in all that they are ranked by"));
        return;
    }
    // All rows of a window have one time.
    if (!input.updating && input.eventTime >= 0 && ranking.windowEnd.empty()) add(input.eventTime);
    for (int i = 0; i < static_cast<int>(input.schema->size()); ++i) {
        const bool window = !ranking.windowEnd.empty() && i == input.eventTime;
        if (!window) add(i);
    }
}

Ranking rankingOf(NodeForm& form, const StreamType& input) {
    const Schema& schema = *input.schema;
    Ranking ranking;
    const auto start = schema.find("window_start"), end = schema.find("window_end");
    if (input.windowed && start && end) {
        ranking.partition = {*start, *end};
        ranking.windowEnd = form.quoted("window_end");
    }
    for (const std::string& name : form.params().list("partition_by")) {
        const auto column = schema.find(name);
        if (column && !ranking.uses(*column)) ranking.partition.push_back(*column);
    }
    ranking.by = bindSortItems(form.params(), "by", schema);
    breakTies(form, input, ranking);
    return ranking;
}

/// “PARTITION BY `k` ORDER BY `n` DESC”
std::string overText(const NodeForm& form, const Schema& schema, const Ranking& ranking) {
    std::vector<std::string> partition, by;
    for (const int column : ranking.partition) partition.push_back(flinkColumn(form, schema, column));
    for (const SortColumn& sorted : ranking.by)
        by.push_back(flinkColumn(form, schema, sorted.column) + (sorted.descending ? " DESC" : ""));
    return fmt::format("{}{}{}ORDER BY {}", partition.empty() ? "" : "PARTITION BY ", flinkLine(partition),
                       partition.empty() ? "" : " ", flinkLine(by));
}

/// A number that the planner can't look into: it is read from the clock, as far as it knows.
std::string unknownToFlink(const std::string& number, std::string_view otherwise) {
    return fmt::format("IF(UNIX_TIMESTAMP() > 0, {}, {})", number, otherwise);
}

/// Rows without windows, whose places may change. Flink 2.3 takes `number = 1` for the first row to come,
/// which never changes, also where it is not ranked by time: it drops the row's withdrawal. It reads the same
/// from a filter behind, too (`rank = 1`, `rank < 2`), or does not know how to plan it. So it is not told
/// that the limit is 1, and filters don't get past the number: they would be put into the view “$ranked”,
/// were the number not computed twice from a function that Flink takes for non-deterministic.
void writeChangingRanks(NodeForm& form, const std::string& over, const std::string& number,
                        const std::string& from, std::int64_t limit) {
    const Schema& schema = *form.output().schema;
    const std::string limitColumn = form.quoted(flinkFreeName(schema, "$limit"));
    const std::string place = form.quoted(flinkFreeName(schema, "$place"));
    const bool one = limit == 1;
    const std::string rows =
        one ? fmt::format("(SELECT *, {} AS {} FROM {})", unknownToFlink("1", "2"), limitColumn, from) : from;
    const std::string ranked = form.helper("ranked");
    flinkView(
        form, ranked,
        fmt::format("SELECT *, {0} AS {1}\nFROM (\n  SELECT *, ROW_NUMBER() OVER ({2}) AS {3}\n  FROM {4})"
                    "\nWHERE {3} <= {5}",
                    unknownToFlink(number, "0"), place, over, number, rows,
                    one ? limitColumn : std::to_string(limit)),
        "what Flink's planner does not know it can't take for rows that stay");
    std::vector<std::string> columns = flinkColumnNames(form, schema);
    columns.back() = fmt::format("GREATEST({0}, {0}) AS {1}", place, number);
    flinkView(form, form.relation(),
              fmt::format("SELECT {}\nFROM {}", flinkLine(columns), form.quoted(ranked)));
}

/// The rows that have a number up to `limit`.
std::string rankedQuery(const std::string& columns, const std::string& over, const std::string& number,
                        const std::string& from, std::int64_t limit) {
    return fmt::format(
        "SELECT {0}\nFROM (\n  SELECT *, ROW_NUMBER() OVER ({1}) AS {2}\n  FROM {3})\nWHERE {2} {4} {5}",
        columns, over, number, from, limit == 1 ? "=" : "<=", limit);
}

}  // namespace

void flinkDeduplicate(NodeForm& form) {
    const StreamType& input = form.input();
    const Schema& schema = *input.schema;
    const bool last = form.params().text("keep") == "last";
    flinkFindTies(form, input, RW_TEXT("deploy", "no two rows of a key have one time"));
    // The last row of a key replaces the others whenever it comes: none is late.
    const std::string rows = last ? form.quoted(form.from()) : flinkOnTime(form, 0, "in");
    const std::vector<std::string> columns =
        last ? flinkPlainColumns(form, input) : flinkColumnNames(form, schema);
    const std::string over =
        fmt::format("PARTITION BY {} ORDER BY {}{}", flinkLine(flinkKeys(form, "keys", input)),
                    flinkColumn(form, schema, input.eventTime), last ? " DESC" : "");
    flinkView(form, form.relation(),
              rankedQuery(flinkLine(columns), over, form.quoted(flinkFreeName(schema, "number")), rows, 1));
    last ? flinkNeverLate(form, 0, "late") : flinkLateByTime(form, 0, "late");
}

void flinkTopN(NodeForm& form) {
    const StreamType& input = form.input();
    const Schema& schema = *input.schema;
    const Ranking ranking = rankingOf(form, input);
    const bool windows = !ranking.windowEnd.empty();
    std::string rows = form.quoted(form.from());
    if (!windows && input.eventTime >= 0) {
        // By event time alone Flink would deduplicate, and take the last of equal rows.
        const std::string name = form.helper("in");
        flinkView(form, name,
                  fmt::format("SELECT {}\nFROM {}", flinkLine(flinkPlainColumns(form, input)), rows),
                  "event time as any column");
        rows = form.quoted(name);
    }
    const std::string rank = form.quoted(form.output().schema->fields.back().name);
    const std::string over = overText(form, schema, ranking);
    const std::int64_t limit = form.params().integer("limit");
    if (!windows) {
        writeChangingRanks(form, over, rank, rows, limit);
    } else {
        flinkView(form, form.relation(), rankedQuery("*", over, rank, rows, limit));
    }
    windows ? flinkLateByTime(form, 0, "late", ranking.windowEnd) : flinkNeverLate(form, 0, "late");
}

void flinkSort(NodeForm& form) {
    const std::string rows = flinkOnTime(form, 0, "in");
    flinkFindTies(form, form.input(), RW_TEXT("deploy", "no two rows have one time"));
    flinkView(form, form.relation(), flinkInOrder(form, form.input(), rows),
              "by a count, which keeps the order");
    flinkLateByTime(form, 0, "late");
}

}  // namespace rw
