// functions_on_flink LIST: every function of ours, called with NULL, the ends of its types and texts beyond
// U+FFFF, gives on a real Flink the same as here, but for rows of which its verdict says otherwise. LIST has
// the functions that differ for their rows do not keep a condition of the verdict, each with the reason.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/flink/flink_target.h"
#include "core/data/text.h"
#include "core/deploy/flink/dialect.h"
#include "core/deploy/flink/sql_text.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"
#include "core/sql/functions/functions.h"
#include "core/sql/parse/ast.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/function_calls.h"
#include "tests/cluster/judged_cases.h"
#include "tests/cluster/staged_sources.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

constexpr std::size_t kCallsAtOnce = 40;
constexpr Millis kProbeWithin = 120'000;

/// A call that is to be sent.
struct Probe {
    FunctionCall call{};
    std::string there{};  ///< in Flink's words
    Type type{};
    Verdict verdict = Verdict::Exact;
    std::string condition{};  ///< that the verdict hangs on; empty: on none
    std::vector<Value> here{};
    std::set<std::size_t> mayDiffer{};  ///< rows whose value may be another one there, as the verdict says
    std::string trouble{};  ///< the first difference; empty: none
};

bool holdsAlways(const Text& condition) {
    // Rows that fail here are not asked for.
    return condition.empty() || condition == RW_TEXT("deploy", "no row fails");
}

/// The rows of which an approximated verdict says that they may differ: those whose pattern matches nothing.
std::set<std::size_t> rowsThatMayDiffer(const FunctionCall& call, const Batch& rows) {
    std::set<std::size_t> out;
    const auto parsed = sql::parseExpression(call.text);
    const auto* const tree = std::get_if<sql::ExprPtr>(&parsed);
    if (tree == nullptr || call.function != "REGEXP_REPLACE") return out;
    const sql::Span at = (*tree)->args[1]->span;
    const std::string pattern = call.text.substr(at.begin, at.end - at.begin);
    const auto bound = sql::bindText(fmt::format("REGEXP_EXTRACT('', {})", pattern), scopeOf(rows));
    const auto* const matched = std::get_if<sql::BoundRef>(&bound);
    if (matched == nullptr) return out;
    const ColumnRef column = sql::evaluate(**matched, rows, {}).flat(rows.rows);
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (!column->isNull(row)) out.insert(row);
    }
    return out;
}

/// The call in Flink's words and the values that it has here. Nothing: it is refused, or depends on the
/// clock.
std::optional<Probe> probeOf(const FunctionCall& call, const Batch& rows) {
    const sql::Scope scope = scopeOf(rows);
    const auto bound = sql::bindText(call.text, scope);
    const auto* const expression = std::get_if<sql::BoundRef>(&bound);
    if (expression == nullptr) return std::nullopt;
    Probe probe{call, {}, (*expression)->type};
    const sql::Vector computed = sql::evaluate(**expression, rows, {});
    const ColumnRef column = computed.flat(rows.rows);
    for (std::size_t row = 0; row < rows.rows; ++row) probe.here.push_back(valueAt(*column, row));
    std::string asked = call.text;
    if (computed.errors && !computed.errors->empty()) {
        std::string failing;
        for (const sql::RowError& error : *computed.errors)
            failing += fmt::format("{}{}", failing.empty() ? "" : ", ", error.row);
        if (computed.errors->size() == rows.rows) return std::nullopt;
        asked = fmt::format("CASE WHEN id NOT IN ({}) THEN {} END", failing, call.text);
    }
    const auto typed = sql::typeText(asked, scope);
    const auto* const tree = std::get_if<sql::TypedTree>(&typed);
    if (tree == nullptr) return std::nullopt;
    std::vector<Remark> findings;
    WriteScope words;
    words.column = [&rows](int i) {
        return "`" + rows.schema->fields[static_cast<std::size_t>(i)].name + "`";
    };
    words.findings = &findings;
    probe.there = writeExpression(flinkDialect(), *tree, words).text;
    for (const Remark& finding : findings) {
        probe.verdict = std::max(probe.verdict, finding.verdict);
        if (!holdsAlways(finding.condition)) probe.condition = english(finding.condition);
    }
    if (probe.verdict == Verdict::Refused) return std::nullopt;
    if (probe.verdict == Verdict::Approximated) probe.mayDiffer = rowsThatMayDiffer(call, rows);
    return probe;
}

bool sameValue(const Value& a, const Value& b, Verdict verdict) {
    const auto* const x = std::get_if<double>(&a);
    const auto* const y = std::get_if<double>(&b);
    if (x == nullptr || y == nullptr) return a == b;
    if (std::isnan(*x) || std::isnan(*y)) return std::isnan(*x) && std::isnan(*y);
    if (*x == *y) return true;
    constexpr double kLastDigits = 1e-12;
    return verdict == Verdict::Equivalent &&
           std::abs(*x - *y) <= kLastDigits * std::max(std::abs(*x), std::abs(*y));
}

/// The first row that differs and may not, in words; empty: none does.
std::string differenceOf(const Probe& probe, const FlinkTable& table, std::size_t column) {
    if (table.rows.size() != probe.here.size()) return fmt::format("{} rows came", table.rows.size());
    for (const ChangeRow& row : table.rows) {
        const std::optional<std::int32_t> id = parseInt(row.cells.front().value_or(""));
        if (!id) return "a row without its number came";
        if (probe.mayDiffer.contains(static_cast<std::size_t>(*id))) continue;
        const TextCell& cell = row.cells[column];
        const std::optional<Value> there =
            cell ? parseValue(*cell, probe.type) : std::optional<Value>(std::in_place);
        const Value& here = probe.here[static_cast<std::size_t>(*id)];
        if (there && sameValue(here, *there, probe.verdict)) continue;
        return fmt::format("row {}: {} here, {} there", *id,
                           isNull(here) ? "NULL" : "“" + toText(here, probe.type) + "”",
                           cell ? "“" + *cell + "”" : "NULL");
    }
    return {};
}

class FunctionsOnFlink {
 public:
    FunctionsOnFlink(const Target& target, const Batch& rows, const fs::path& file) : m_target(target) {
        std::ofstream out(file, std::ios::binary);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            golden::Row cells;
            for (std::size_t i = 0; i < rows.columns.size(); ++i) {
                const Value value = valueAt(*rows.columns[i], row);
                cells.emplace_back(isNull(value) ? "<NULL>" : toText(value, rows.schema->fields[i].type));
            }
            out << csvLine(cells);
        }
        std::string columns;
        for (const Field& field : rows.schema->fields)
            columns +=
                fmt::format("{}`{}` {}", columns.empty() ? "" : ", ", field.name, toString(field.type));
        m_table = fmt::format(
            "CREATE TEMPORARY TABLE `rows` ({}) WITH ('connector' = 'filesystem', 'path' = {}, "
            "'format' = 'csv', 'csv.null-literal' = '<NULL>')",
            columns, flinkText("file://" + file.string()));
    }

    /// All at once, or, where that fails, half by half: the trouble of each is its own.
    void run(std::vector<Probe>& probes, std::size_t begin, std::size_t end) {
        const Result<FlinkTable> table = ask(probes, begin, end);
        if (table.ok()) {
            for (std::size_t i = begin; i < end; ++i)
                probes[i].trouble = differenceOf(probes[i], *table, i - begin + 1);
        } else if (end - begin == 1) {
            probes[begin].trouble = "Flink ends the job: " + english(table.error());
        } else {
            const std::size_t middle = begin + (end - begin) / 2;
            run(probes, begin, middle);
            run(probes, middle, end);
        }
    }

 private:
    Result<FlinkTable> ask(const std::vector<Probe>& probes, std::size_t begin, std::size_t end) const {
        RW_TRY_ASSIGN(const HttpServer gateway, gatewayOf(m_target, environmentSecret));
        RW_TRY_ASSIGN(const HttpServer jobManager, jobManagerOf(m_target, environmentSecret));
        RW_TRY_ASSIGN(const auto session, FlinkSession::open(gateway, {{"parallelism.default", "1"},
                                                                       {"table.local-time-zone", "UTC"}}));
        session->endJobsAt(jobManager);
        RW_TRY(session->run(m_table).status());
        std::string query = "SELECT `id`";
        for (std::size_t i = begin; i < end; ++i)
            query += fmt::format(",\n  {} AS `c{}`", probes[i].there, i);
        Result<FlinkTable> table = session->run(query + "\nFROM `rows`", {}, kProbeWithin);
        static_cast<void>(session->close());
        return table;
    }

    const Target m_target;
    std::string m_table{};
};

/// Whether the results agree with the verdicts.
void judge(const std::vector<Probe>& probes, const std::map<std::string, std::string>& listed) {
    std::set<std::string> differ;
    std::map<std::string, std::size_t> same;
    for (const Probe& probe : probes) {
        const std::string& name = probe.call.function;
        if (probe.trouble.empty()) {
            ++same[name];
            continue;
        }
        const std::string words = fmt::format("{}  {}: {}", name, probe.call.text, probe.trouble);
        // A difference without a verdict fails, even if it is in the list.
        if (listed.contains(name) && !probe.condition.empty()) {
            fmt::print("  not kept: {}\n", words);
            differ.insert(name);
            continue;
        }
        check(false, probe.condition.empty() ? words : words + "; only while " + probe.condition);
    }
    for (const auto& [name, reason] : listed)
        check(differ.contains(name), fmt::format("{} is listed, but does not differ", name));
    for (const sql::ScalarFunction& function : sql::scalarFunctions()) {
        const bool told = function.group == "generator" || !function.pure;
        const std::string name(function.name);
        check(told || same.contains(name) || differ.contains(name),
              name + " has a call with the same values");
    }
}

}  // namespace

int main(int argc, char** argv) {
    check(argc == 2, "the list of functions is named");
    if (argc != 2) return test::summary();
    const testing::ScratchFolder scratch("functions_on_flink");
    const Batch rows = rowsForCalls();
    std::vector<Probe> probes;
    std::set<std::string> seen;
    for (const FunctionCall& call : callsOfAllFunctions(scopeOf(rows))) {
        check(!call.text.empty(), call.function + ": its signature gives a call that binds");
        const sql::ScalarFunction* const function = sql::findFunction(call.function);
        if (call.text.empty() || (function != nullptr && !function->pure) || !seen.insert(call.text).second)
            continue;
        if (std::optional<Probe> probe = probeOf(call, rows)) probes.push_back(std::move(*probe));
    }
    fmt::print("{} calls, {} rows\n", probes.size(), rows.rows);
    FunctionsOnFlink flink(flinkOfTests(), rows, scratch.path() / "rows.csv");
    for (std::size_t at = 0; at < probes.size(); at += kCallsAtOnce)
        flink.run(probes, at, std::min(at + kCallsAtOnce, probes.size()));
    judge(probes, reasonsIn(argv[1]));
    return test::summary();
}
