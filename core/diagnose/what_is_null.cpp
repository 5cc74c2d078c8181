#include <set>
#include <string>
#include <variant>

#include "core/base/figures.h"
#include "core/diagnose/questions.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

constexpr std::size_t kMostNamed = 3;

void addColumns(const sql::Expr& expr, std::set<std::string>& names) {
    if (expr.kind == sql::Expr::Kind::Column) names.insert(expr.name);
    for (const sql::ExprPtr& arg : expr.args) addColumns(*arg, names);
}

/// “discount” or “discount, channel”; empty: the condition reads none, or can't be read as it stands.
std::string columnsIn(const std::string& condition) {
    const sql::Parsed<sql::ExprPtr> parsed = sql::parseExpression(condition);
    const auto* const expr = std::get_if<sql::ExprPtr>(&parsed);
    if (expr == nullptr) return {};
    std::set<std::string> names;
    addColumns(**expr, names);
    std::string text;
    if (names.size() > kMostNamed) return text;
    for (const std::string& name : names) text += (text.empty() ? "“" : ", “") + name + "”";
    return text;
}

QuickFix judged(const Evidence::Seen& seen, const std::string& param, const std::string& value, Text label) {
    QuickFix fix;
    fix.label = std::move(label);
    fix.node = seen.node->id;
    fix.param = param;
    fix.value = value;
    return fix;
}

}  // namespace

void whatIsNull(const Evidence& evidence, std::vector<Finding>& findings) {
    for (const Evidence::Seen* seen : evidence.nodes()) {
        const std::uint64_t rows = seen->metrics->nullDropped;
        const ParamSpec* spec = conditionOf(*seen->kind);
        if (rows == 0 || spec == nullptr) continue;
        const Json& value = paramValue(*spec, seen->node->params);
        const std::string condition = value.is_string() ? value.get<std::string>() : std::string();
        // It was edited since: for this one no row is NULL.
        if (condition.ends_with("IS NOT FALSE") || condition.ends_with("IS TRUE")) continue;
        Finding finding = findingOf(Finding::Reason::NullDropped, *seen);
        finding.summary = figures::counted(rows, RW_TEXT("diagnose", "1 row dropped as NULL"),
                                           RW_TEXT("diagnose", "%1 rows dropped as NULL"));
        finding.issue.param = spec->name;
        // Lists show what has this context as a notice (isNotice).
        finding.issue.message =
            figures::counted(rows, RW_TEXT("null rows", "1 row was dropped because the condition was NULL."),
                             RW_TEXT("null rows", "%1 rows were dropped because the condition was NULL."));
        if (const std::string columns = columnsIn(condition); !columns.empty()) {
            finding.issue.message =
                figures::counted(
                    rows,
                    RW_TEXT("null rows", "1 row was dropped because the condition was NULL. It reads %1."),
                    RW_TEXT("null rows", "%1 rows were dropped because the condition was NULL. It reads %2."))
                    .with(columns);
        }
        finding.issue.fix =
            RW_TEXT("diagnose",
                    "A comparison with NULL is NULL, so such rows are dropped. If that is meant, say so.");
        std::vector<QuickFix>& fixes = finding.issue.quickFixes;
        fixes.push_back(judged(*seen, spec->name, "(" + condition + ") IS NOT FALSE",
                               RW_TEXT("diagnose", "Keep rows where it is NULL")));
        fixes.push_back(judged(*seen, spec->name, "(" + condition + ") IS TRUE",
                               RW_TEXT("diagnose", "Drop them on purpose")));
        findings.push_back(std::move(finding));
    }
}

}  // namespace rw
