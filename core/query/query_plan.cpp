#include "core/query/query_plan.h"

#include <map>
#include <string_view>

#include "core/query/prepared.h"

namespace rw {

namespace {

/// The word behind `verb`, which the text begins with; empty: it begins with none.
std::string wordBehind(std::string_view text, std::string_view verb) {
    if (!text.starts_with(verb)) return {};
    text.remove_prefix(verb.size());
    return std::string(text.substr(0, text.find(' ')));
}

QueryStep stepOf(std::string text, int depth) {
    QueryStep step{.depth = depth, .text = std::move(text)};
    // Constant rows are no table.
    if (const std::string table = wordBehind(step.text, "SCAN ");
        !table.empty() && step.text.find(" CONSTANT ROW") == std::string::npos) {
        step.kind = QueryStep::Kind::Scan;
        step.table = table;
    } else if (const std::string found = wordBehind(step.text, "SEARCH "); !found.empty()) {
        step.kind = QueryStep::Kind::Search;
        step.table = found;
    } else if (step.text.starts_with("USE TEMP B-TREE")) {
        step.kind = QueryStep::Kind::Sort;
    }
    return step;
}

bool readsRows(const QueryStep& step) {
    return step.kind == QueryStep::Kind::Scan || step.kind == QueryStep::Kind::Search;
}

}  // namespace

QueryPlan planOf(sqlite3* database, const std::string& sql, sqlite3_stmt* statement) {
    QueryPlan plan;
    if (sqlite3_stmt_isexplain(statement) != 0) return plan;
    plan.scanned = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
    plan.sorts = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_SORT, 0);
    plan.indexes = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_AUTOINDEX, 0) > 0 ? 1 : 0;
    sqlite3_stmt* made = nullptr;
    const std::string explain = "EXPLAIN QUERY PLAN " + sql;
    if (sqlite3_prepare_v2(database, explain.data(), static_cast<int>(explain.size()), &made, nullptr) !=
        SQLITE_OK)
        return plan;
    const Prepared steps(made);
    struct Parent {
        int depth = -1;
        bool correlated = false;  ///< is done for each row of the statement around it
        bool hasRead = false;     ///< a table was read in it: what is read next is read for each of its rows
    };
    std::map<int, Parent> parents{{0, Parent{}}};
    while (sqlite3_step(steps.get()) == SQLITE_ROW) {
        const int id = sqlite3_column_int(steps.get(), 0), above = sqlite3_column_int(steps.get(), 1);
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(steps.get(), 3));
        Parent& parent = parents[above];
        QueryStep step = stepOf(text != nullptr ? text : "", parent.depth + 1);
        if (readsRows(step)) {
            step.repeated = step.kind == QueryStep::Kind::Scan && (parent.correlated || parent.hasRead);
            parent.hasRead = true;
        }
        const bool correlated = parent.correlated || step.text.starts_with("CORRELATED ");
        parents[id] = {step.depth, correlated, false};
        plan.steps.push_back(std::move(step));
    }
    return plan;
}

}  // namespace rw
