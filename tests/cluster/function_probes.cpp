#include "tests/cluster/function_probes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/data/text.h"
#include "core/sql/aggregates/registry.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"
#include "core/sql/functions/functions.h"
#include "core/sql/parse/ast.h"
#include "tests/cluster/flink_fixture.h"

namespace rw::cluster {

namespace {

constexpr std::size_t kNullProbes = 2;  ///< of one function

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

WriteScope wordsFor(const Batch& rows, std::vector<Remark>& findings) {
    WriteScope words;
    words.column = [&rows](int i) {
        return "`" + rows.schema->fields[static_cast<std::size_t>(i)].name + "`";
    };
    words.findings = &findings;
    return words;
}

/// `failing`: rows that fail are asked for, too.
void takeFindings(FunctionProbe& probe, const std::vector<Remark>& findings, bool failing) {
    for (const Remark& finding : findings) {
        if (finding.verdict > probe.verdict) probe.what = english(finding.what);
        probe.verdict = std::max(probe.verdict, finding.verdict);
        const bool holds = !failing && finding.condition == RW_TEXT("deploy", "no row fails");
        if (finding.condition.empty() || holds) continue;
        probe.condition += (probe.condition.empty() ? "" : ", ") + english(finding.condition);
    }
}

/// The call with the values that it has here, and the rows that fail.
struct ComputedCall {
    FunctionProbe probe{};
    std::vector<std::size_t> failing{};
};

std::optional<ComputedCall> computed(const FunctionCall& call, const Batch& rows) {
    const auto bound = sql::bindText(call.text, scopeOf(rows));
    const auto* const expression = std::get_if<sql::BoundRef>(&bound);
    if (expression == nullptr) return std::nullopt;
    ComputedCall out;
    out.probe.call = call;
    out.probe.type = (*expression)->type;
    const sql::Vector values = sql::evaluate(**expression, rows, {});
    const ColumnRef column = values.flat(rows.rows);
    for (std::size_t row = 0; row < rows.rows; ++row) out.probe.here.push_back(valueAt(*column, row));
    if (values.errors) {
        for (const sql::RowError& error : *values.errors) out.failing.push_back(error.row);
    }
    return out;
}

/// `asked` in the engine's words.
std::optional<FunctionProbe> written(FunctionProbe probe, const std::string& asked, bool nullOnError,
                                     const Dialect& dialect, const Batch& rows) {
    const auto typed = sql::typeText(asked, scopeOf(rows));
    const auto* const tree = std::get_if<sql::TypedTree>(&typed);
    if (tree == nullptr) return std::nullopt;
    std::vector<Remark> findings;
    WriteScope words = wordsFor(rows, findings);
    words.nullOnError = nullOnError;
    probe.there = writeExpression(dialect, *tree, words).text;
    takeFindings(probe, findings, nullOnError);
    if (probe.verdict == Verdict::Approximated) probe.mayDiffer = rowsThatMayDiffer(probe.call, rows);
    return probe;
}

/// The calls to try, each once. A function of which nothing binds is a failed check.
std::vector<FunctionCall> triedCalls(const Batch& rows, std::size_t times) {
    std::vector<FunctionCall> out;
    std::set<std::string> seen;
    for (const FunctionCall& call : callsOfAllFunctions(scopeOf(rows), times)) {
        check(!call.text.empty(), call.function + ": its signature gives a call that binds");
        const sql::ScalarFunction* const function = sql::findFunction(call.function);
        const bool clock = function != nullptr && !function->pure;
        if (!call.text.empty() && !clock && seen.insert(call.text).second) out.push_back(call);
    }
    return out;
}

/// The results of the groups here; those that fail are noted.
void aggregateHere(FunctionProbe& probe, const sql::BoundAggregate& aggregate, const Batch& rows) {
    std::vector<std::uint32_t> chosen(rows.rows), groups;
    std::iota(chosen.begin(), chosen.end(), 0U);
    if (aggregate.filter) {
        sql::RowErrors errors;
        chosen.clear();
        sql::filterRows(*aggregate.filter, rows, {}, chosen, errors);
    }
    std::vector<sql::RowOrder> orders;
    for (const std::uint32_t row : chosen) {
        groups.push_back(row / static_cast<std::uint32_t>(kRowsOfGroup));
        orders.push_back({0, 0, row});
    }
    sql::Vector argument;
    if (aggregate.argument) argument = sql::evaluate(*aggregate.argument, rows, {});
    const auto accumulator = aggregate.make(aggregate);
    const std::size_t count = (rows.rows + kRowsOfGroup - 1) / kRowsOfGroup;
    accumulator->resize(count);
    accumulator->update({chosen, groups, aggregate.argument ? &argument : nullptr, orders});
    std::vector<std::uint32_t> all(count);
    std::iota(all.begin(), all.end(), 0U);
    const sql::Vector results = accumulator->finish(all);
    const ColumnRef column = results.flat(count);
    for (std::size_t group = 0; group < count; ++group) probe.here.push_back(valueAt(*column, group));
    if (!results.errors) return;
    for (const sql::RowError& error : *results.errors) probe.failing.insert(error.row);
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

std::string inWords(const Value& value, Type type) {
    return isNull(value) ? "NULL" : "“" + toText(value, type) + "”";
}

}  // namespace

std::vector<FunctionProbe> functionProbes(const Dialect& dialect, const Batch& rows,
                                          const ProbeOptions& options) {
    std::vector<FunctionProbe> out;
    for (const FunctionCall& call : triedCalls(rows, options.times)) {
        std::optional<ComputedCall> here = computed(call, rows);
        if (!here) continue;
        for (std::size_t row = 0; options.has != nullptr && row < rows.rows; ++row) {
            if (options.has(here->probe.here[row], here->probe.type)) continue;
            here->failing.push_back(row);
            here->probe.here[row] = {};
        }
        if (here->failing.size() == rows.rows) continue;
        const std::string asked = here->failing.empty()
                                      ? call.text
                                      : fmt::format("CASE WHEN id NOT IN ({}) THEN {} END",
                                                    fmt::join(here->failing, ", "), call.text);
        if (auto probe = written(here->probe, asked, false, dialect, rows)) out.push_back(*std::move(probe));
    }
    return out;
}

std::vector<FunctionProbe> nullProbes(const Dialect& dialect, const Batch& rows,
                                      const ProbeOptions& options) {
    std::map<std::string, std::vector<FunctionProbe>> byFunction;
    for (const FunctionCall& call : triedCalls(rows, options.times)) {
        const std::optional<ComputedCall> here = computed(call, rows);
        if (!here || here->failing.empty()) continue;
        if (auto probe = written(here->probe, call.text, true, dialect, rows))
            byFunction[call.function].push_back(*std::move(probe));
    }
    std::vector<FunctionProbe> out;
    for (auto& [function, probes] : byFunction) {
        const std::size_t count = std::min(probes.size(), kNullProbes * options.times);
        for (std::size_t i = 0; i < count; ++i) out.push_back(std::move(probes[i * probes.size() / count]));
    }
    return out;
}

std::vector<FunctionProbe> aggregateProbes(const Dialect& dialect, const Batch& rows) {
    std::vector<FunctionProbe> out;
    for (const FunctionCall& call : callsOfAllAggregates(scopeOf(rows))) {
        check(!call.text.empty(), call.function + " has a call that binds");
        const std::string named = call.text + " AS result";
        const auto bound = sql::bindAggregate(named, scopeOf(rows));
        const auto typed = sql::typeAggregate(named, scopeOf(rows));
        const auto* const here = std::get_if<sql::BoundAggregate>(&bound);
        const auto* const there = std::get_if<sql::TypedAggregate>(&typed);
        if (here == nullptr || there == nullptr) continue;
        FunctionProbe probe;
        probe.call = call;
        probe.type = here->type;
        aggregateHere(probe, *here, rows);
        std::vector<Remark> findings;
        probe.there = writeAggregate(dialect, *there, wordsFor(rows, findings));
        takeFindings(probe, findings, false);
        // The order of rows shows in any group.
        if (probe.verdict == Verdict::Approximated) {
            for (std::size_t group = 0; group < probe.here.size(); ++group) probe.mayDiffer.insert(group);
        }
        out.push_back(std::move(probe));
    }
    return out;
}

std::string differenceOf(const FunctionProbe& probe, const CellsByRow& cells,
                         std::optional<Value> (*read)(std::string_view cell, Type type)) {
    for (std::size_t row = 0; row < probe.here.size(); ++row) {
        if (probe.failing.contains(row)) continue;
        const auto cell = cells.find(row);
        if (cell == cells.end()) return fmt::format("row {} did not come", row);
        if (probe.mayDiffer.contains(row)) continue;
        const std::optional<Value> there =
            cell->second ? read(*cell->second, probe.type) : std::optional<Value>(std::in_place);
        const Value& here = probe.here[row];
        if (there && sameValue(here, *there, probe.verdict)) continue;
        return fmt::format("row {}: {} here, {} there", row, inWords(here, probe.type),
                           cell->second ? "“" + *cell->second + "”" : "NULL");
    }
    return {};
}

void judgeProbes(const std::vector<FunctionProbe>& probes, const std::map<std::string, std::string>& listed) {
    std::set<std::string> differ, told;
    for (const FunctionProbe& probe : probes) {
        const std::string& name = probe.call.function;
        if (probe.verdict == Verdict::Refused) {
            check(!probe.what.empty(),
                  fmt::format("{}  {}: refused without a reason", name, probe.call.text));
            continue;
        }
        told.insert(name);
        if (probe.trouble.empty()) continue;
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
        const bool left = function.group == "generator" || !function.pure;
        const std::string name(function.name);
        check(left || told.contains(name), name + " has a call that is not refused");
    }
}

}  // namespace rw::cluster
