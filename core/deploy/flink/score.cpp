// score: a trained model as expressions, step by step.
#include <fmt/format.h>

#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/score_query.h"

namespace rw {

namespace {

/// Flink's comparisons are those of Java: none with NaN is true. `x = x` it takes for true unseen.
std::string known(const std::string& value) {
    return "ABS(" + value + ") >= 0E0";
}

constexpr ScoreEngine kFlink{.known = known, .mostNodes = 10'000, .mostWeights = 1'000};

/// “FROM … WHERE …”.
std::string fromWhere(const std::string& from, const std::string& mark, const std::string& rows) {
    std::string text = "\nFROM " + from;
    // Twice: Flink makes one SELECT of two, and writes an expression wherever its column is read, unless that
    // is random and read several times. So each step is computed once. Its code is also split by itself,
    // which takes a time that grows with the square of its length.
    if (!mark.empty()) text += fmt::format("\nWHERE {0} + {0} >= 0E0", mark);
    if (!rows.empty()) text += (mark.empty() ? "\nWHERE " : " AND ") + rows;
    return text;
}

}  // namespace

void flinkScore(NodeForm& form) {
    const std::optional<ScoreQuery> query = scoreQuery(form, kFlink);
    if (!query) return;
    std::string from = form.quoted(form.from()), mark, steps;
    for (std::size_t i = 0; i < query->steps.size(); ++i) {
        const ScoreStep& step = query->steps[i];
        const std::string name = form.quoted(form.helper(step.name));
        const std::string next = form.quoted(fmt::format("{}once{}", query->own, i));
        std::vector<std::string> columns{"*"};
        columns.insert(columns.end(), step.columns.begin(), step.columns.end());
        columns.push_back("RAND() AS " + next);
        steps += (i == 0 ? "WITH " : ",\n") + name + " AS (\nSELECT\n  " + flinkList(columns) +
                 fromWhere(from, mark, step.rows) + ")";
        from = name;
        mark = next;
    }
    std::vector<std::string> columns = flinkColumnNames(form, *form.input().schema);
    columns.insert(columns.end(), query->outputs.begin(), query->outputs.end());
    flinkView(form, form.relation(), steps + "\nSELECT\n  " + flinkList(columns) + fromWhere(from, mark, {}),
              query->note);
    if (form.wired("rejected")) form.when(RW_TEXT("deploy", "no row fails"));
    flinkNoRejected(form);
}

}  // namespace rw
