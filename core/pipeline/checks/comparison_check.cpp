#include "core/pipeline/checks/comparison_check.h"

#include <memory>
#include <utility>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/join_sides.h"
#include "core/sql/aggregates/typed_aggregate.h"
#include "core/sql/bind/text_comparisons.h"

namespace rw {

namespace {

/// The columns of both sides, each behind the name of its side.
sql::Scope scopeOfSides(const JoinSides& sides) {
    auto both = std::make_shared<Schema>();
    sql::Scope scope;
    for (const JoinSide& side : sides) {
        const int first = static_cast<int>(both->size()), count = static_cast<int>(side.columns.size());
        scope.qualifiers.push_back({side.name, first, count});
        both->fields.insert(both->fields.end(), side.columns.fields.begin(), side.columns.fields.end());
    }
    scope.schema = std::move(both);
    return scope;
}

class ComparisonCheck {
 public:
    ComparisonCheck(const Node& node, sql::Scope scope, std::vector<Issue>& issues)
        : m_node(node), m_scope(std::move(scope)), m_issues(issues) {}

    void check(const ParamSpec& spec, const Json& value) {
        const bool list = spec.kind == ParamKind::SelectItems || spec.kind == ParamKind::Aggregates ||
                          spec.kind == ParamKind::Branches;
        if (!list && value.is_string()) text(spec, value, -1, value.get_ref<const std::string&>());
        if (!list || !value.is_array()) return;
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < value.size() && wrong < mostWrongItems(value.size()); ++i) {
            if (value[i].is_string())
                wrong += !text(spec, value, static_cast<int>(i), value[i].get_ref<const std::string&>());
        }
    }

 private:
    /// The expressions of a text, in its order, with spans of that text; empty: it has no type.
    std::vector<sql::TypedTree> typedTrees(ParamKind kind, std::string_view sql) const {
        std::vector<sql::TypedTree> trees;
        if (kind == ParamKind::SelectItems) {
            auto parsed = sql::typeSelectItem(sql, m_scope);
            if (auto* const one = std::get_if<sql::TypedItem>(&parsed))
                trees.push_back(std::move(one->value));
        } else if (kind == ParamKind::Aggregates) {
            auto parsed = sql::typeAggregate(sql, m_scope);
            if (auto* const one = std::get_if<sql::TypedAggregate>(&parsed)) {
                trees.push_back(std::move(one->argument));
                trees.push_back(std::move(one->filter));
            }
        } else {
            auto parsed = sql::typeText(sql, m_scope);
            if (auto* const one = std::get_if<sql::TypedTree>(&parsed)) trees.push_back(std::move(*one));
        }
        return trees;
    }

    /// Whether the text has a type and nothing was reported.
    bool text(const ParamSpec& spec, const Json& value, int item, const std::string& whole) {
        // “name: condition”
        const std::size_t from = spec.kind == ParamKind::Branches ? whole.find(':') + 1 : 0;
        const std::string_view sql = std::string_view(whole).substr(from);
        const std::vector<sql::TypedTree> trees = typedTrees(spec.kind, sql);
        std::vector<sql::TextComparison> comparisons;
        for (const sql::TypedTree& tree : trees) {
            const auto found = sql::textComparisons(tree);
            comparisons.insert(comparisons.end(), found.begin(), found.end());
        }
        for (const sql::TextComparison& found : comparisons) {
            const std::size_t begin = from + found.text.begin, length = found.text.end - found.text.begin;
            const std::string part = whole.substr(begin, length);
            Issue& issue = m_issues.emplace_back();
            issue.severity = Severity::Warning;
            issue.node = m_node.id;
            issue.param = spec.name;
            issue.item = item;
            issue.position = begin;
            issue.length = length;
            issue.message =
                RW_TEXT("comparison",
                        "“%1” is text and is compared as %2: digits that do not fit that type are dropped.")
                    .with(part, toString(found.as));
            issue.fix = RW_TEXT("comparison",
                                "Compare it as DOUBLE, or give the column a type of numbers in its source.");
            std::string mended = whole;
            mended.replace(begin, length, "CAST(" + part + " AS DOUBLE)");
            QuickFix& fix = issue.quickFixes.emplace_back();
            fix.label = RW_TEXT("comparison", "Compare as DOUBLE");
            fix.node = m_node.id;
            fix.param = spec.name;
            fix.value = item < 0 ? Json(mended) : value;
            if (item >= 0) fix.value[static_cast<std::size_t>(item)] = std::move(mended);
        }
        return !trees.empty() && comparisons.empty();
    }

    const Node& m_node;
    const sql::Scope m_scope;
    std::vector<Issue>& m_issues;
};

}  // namespace

void checkComparisons(const Node& node, const NodeKind& kind,
                      const std::vector<std::vector<StreamType>>& inputs, std::vector<Issue>& issues) {
    for (const ParamSpec& spec : kind.params) {
        const bool join = spec.kind == ParamKind::JoinCondition;
        const bool sql = join || spec.kind == ParamKind::Condition || spec.kind == ParamKind::SelectItems ||
                         spec.kind == ParamKind::Aggregates || spec.kind == ParamKind::Branches;
        if (!sql || (!join && (inputs.empty() || inputs.front().empty()))) continue;
        sql::Scope scope =
            join ? scopeOfSides(joinSides(kind, node.params, inputs)) : sql::Scope{inputs[0][0].schema};
        if (spec.kind == ParamKind::SelectItems)
            scope.index = std::make_shared<const ColumnIndex>(*scope.schema);
        ComparisonCheck(node, std::move(scope), issues).check(spec, paramValue(spec, node.params));
    }
}

}  // namespace rw
