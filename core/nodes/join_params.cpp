#include "core/nodes/join_params.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/checks/computed_key.h"
#include "core/pipeline/join_sides.h"
#include "core/sql/bind/bind.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {

struct KindName {
    JoinKind kind;
    const char* name;
};
constexpr KindName kNames[] = {{JoinKind::Inner, "inner"}, {JoinKind::Left, "left"},
                               {JoinKind::Right, "right"}, {JoinKind::Full, "full"},
                               {JoinKind::Semi, "semi"},   {JoinKind::Anti, "anti"}};

Choice choiceOf(JoinKind kind) {
    switch (kind) {
        case JoinKind::Inner:
            return {"inner", RW_TEXT("join", "Inner")};
        case JoinKind::Left:
            return {"left", RW_TEXT("join", "Left")};
        case JoinKind::Right:
            return {"right", RW_TEXT("join", "Right")};
        case JoinKind::Full:
            return {"full", RW_TEXT("join", "Full")};
        case JoinKind::Semi:
            return {"semi", RW_TEXT("join", "Semi")};
        case JoinKind::Anti:
            break;
    }
    return {"anti", RW_TEXT("join", "Anti")};
}

/// For a node that knows these kinds only.
Text helpOn(const std::vector<JoinKind>& kinds) {
    const auto has = [&kinds](JoinKind kind) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if (has(JoinKind::Semi))
        return RW_TEXT("join",
                       "Which rows are emitted. `inner`: pairs. `left`, `right`, `full`: also the rows of "
                       "that side, or of both, without a match, with NULL in the columns of the other side. "
                       "`semi`, `anti`: left rows alone, those with a match or those without.");
    if (has(JoinKind::Full))
        return RW_TEXT("join",
                       "Which rows are emitted. `inner`: pairs. `left`, `right`, `full`: also the rows of "
                       "that side, or of both, without a match, with NULL in the columns of the other side.");
    return RW_TEXT("join",
                   "Which rows are emitted. `inner`: those of left with a match. `left`: also those without "
                   "one, with NULL in the columns of right.");
}

JoinKind kindNamed(const std::string& name) {
    for (const KindName& known : kNames) {
        if (name == known.name) return known.kind;
    }
    return JoinKind::Inner;
}

/// The parts of an expression that must all be true.
std::vector<const sql::Expr*> conjuncts(const sql::Expr& expr) {
    if (expr.kind != sql::Expr::Kind::Call || expr.name != "AND") return {&expr};
    std::vector<const sql::Expr*> all;
    for (const sql::ExprPtr& part : expr.args) {
        const auto inner = conjuncts(*part);
        all.insert(all.end(), inner.begin(), inner.end());
    }
    return all;
}

/// Takes “left.a = right.b”, either way around, for a pair of keys.
bool takeKeys(const sql::Expr& part, const sql::Scope& scope, JoinPlan& plan) {
    if (part.kind != sql::Expr::Kind::Call || part.name != "=" || part.args.size() != 2) return false;
    int columns[2];
    for (std::size_t i = 0; i < 2; ++i) {
        if (part.args[i]->kind != sql::Expr::Kind::Column) return false;
        const auto bound = sql::bind(*part.args[i], scope);
        const auto* column = std::get_if<sql::BoundRef>(&bound);
        if (!column) return false;
        columns[i] = (*column)->column;
    }
    if (columns[0] > columns[1]) std::swap(columns[0], columns[1]);
    const int left = static_cast<int>(plan.left.schema->size());
    const auto typeOf = [&](int column) {
        return scope.schema->fields[static_cast<std::size_t>(column)].type;
    };
    if (columns[0] >= left || columns[1] < left || !meets(typeOf(columns[0]), typeOf(columns[1])))
        return false;
    plan.leftKeys.push_back(columns[0]);
    plan.rightKeys.push_back(columns[1] - left);
    return true;
}

/// As accept(). A column that an input lacks is reported as missing in that input, so that its wire is at fault,
/// not the other one. The right side of a node with one input comes by no wire.
std::optional<sql::BoundRef> acceptOn(BindContext& context, sql::Parsed<sql::BoundRef> parsed) {
    const auto* error = std::get_if<sql::SqlError>(&parsed);
    if (error == nullptr) return std::get<sql::BoundRef>(std::move(parsed));
    Issue& issue = sqlIssue(context, "on", -1, *error);
    if (error->qualifier.empty()) return std::nullopt;
    const int port = error->qualifier == "left" ? kLeft : kRight;
    if (port < context.ports()) {
        issue.port = context.portName(port);
    } else {
        issue.column.clear();
    }
    return std::nullopt;
}

bool bindOn(BindContext& context, JoinPlan& plan) {
    const std::string text = context.text("on");
    const sql::Scope scope = joinScope(plan);
    if (!acceptOn(context, sql::bindCondition(text, scope))) return false;
    const sql::ExprPtr parsed = std::get<sql::ExprPtr>(sql::parseExpression(text));
    std::vector<sql::BoundRef> rest;
    const std::vector<const sql::Expr*> parts = conjuncts(*parsed);
    for (const sql::Expr* part : parts) {
        if (takeKeys(*part, scope, plan)) continue;
        auto bound = acceptOn(context, sql::bind(*part, scope));
        if (!bound) return false;
        rest.push_back(*std::move(bound));
    }
    if (plan.leftKeys.empty()) {
        if (!refuseComputedKey(context, text, parts, scope))
            context.error("on", RW_TEXT("join", "No column of “left” is said to equal one of “right”."),
                          RW_TEXT("join",
                                  "Rows meet by columns of one type that are equal: begin with left.a = "
                                  "right.b, and let a select before convert what is of another type."));
        return false;
    }
    if (rest.size() == 1) {
        plan.rest = rest.front();
    } else if (!rest.empty()) {
        auto all = std::make_shared<sql::BoundExpr>();
        all->kind = sql::BoundExpr::Kind::And;
        all->type = Type::of(TypeId::Boolean);
        all->args = std::move(rest);
        plan.rest = std::move(all);
    }
    return true;
}

bool bindSides(BindContext& context, JoinPlan& plan) {
    plan.kind = kindNamed(context.text("kind"));
    plan.both = bothSchemas(*plan.left.schema, *plan.right.schema);
    return bindOn(context, plan);
}

}  // namespace

ParamSpec onParam() {
    ParamSpec on =
        makeParam("on", ParamKind::JoinCondition, RW_TEXT("join", "Rows meet where"),
                  RW_TEXT("join",
                          "Which rows match: `left.id = right.seller`, several of these with `AND`, and "
                          "further conditions on the two rows: `left.price < right.limit`. At least one "
                          "column of each side must be equal to one of the other. NULL equals nothing."));
    on.required = true;
    on.section = RW_TEXT("join", "Join");
    return on;
}

ParamSpec joinKindParam(const std::vector<JoinKind>& kinds) {
    ParamSpec kind = makeParam("kind", ParamKind::Choice, RW_TEXT("join", "Kind"), helpOn(kinds), "inner");
    for (const JoinKind one : kinds) kind.choices.push_back(choiceOf(one));
    return kind;
}

std::vector<PortSpec> joinInputs() {
    return {{"left", RW_TEXT("join", "left")}, {"right", RW_TEXT("join", "right")}};
}

std::vector<PortSpec> joinOutputs() {
    return {{"out", RW_TEXT("node", "rows")},
            {"late_left", RW_TEXT("join", "late left"), PortRole::Late},
            {"late_right", RW_TEXT("join", "late right"), PortRole::Late},
            rejectedPort()};
}

bool bindJoin(BindContext& context, const Text& fix, JoinPlan& plan) {
    if (refuseUpdating(context, fix, kLeft) || refuseUpdating(context, fix, kRight)) return false;
    return bindChangingJoin(context, plan);
}

bool bindChangingJoin(BindContext& context, JoinPlan& plan) {
    plan.left = context.input(kLeft);
    plan.right = context.input(kRight);
    return bindSides(context, plan);
}

bool bindJoin(BindContext& context, const Text& fix, SchemaRef right, JoinPlan& plan) {
    if (refuseUpdating(context, fix, kLeft)) return false;
    plan.left = context.input(kLeft);
    plan.right.schema = std::move(right);
    return bindSides(context, plan);
}

sql::Scope joinScope(const JoinPlan& plan) {
    Schema schema = *plan.left.schema;
    const int left = static_cast<int>(schema.size()), right = static_cast<int>(plan.right.schema->size());
    schema.fields.insert(schema.fields.end(), plan.right.schema->fields.begin(),
                         plan.right.schema->fields.end());
    return {std::make_shared<const Schema>(std::move(schema)), {{"left", 0, left}, {"right", left, right}}};
}

SchemaRef bothSchemas(const Schema& left, const Schema& right) {
    Schema both = left;
    for (const Field& field : right.fields) {
        std::string name = field.name;
        while (both.find(name)) name += "_right";
        both.fields.push_back({std::move(name), field.type});
    }
    return std::make_shared<const Schema>(std::move(both));
}

Distribution joinDistribution(const JoinPlan& plan) {
    return {Distribution::Kind::Keyed, {plan.leftKeys, plan.rightKeys}};
}

void markJoined(const JoinPlan& plan, const ColumnSet& wanted, std::vector<ColumnSet>& reads) {
    ColumnSet both = wanted;
    both.resize(plan.both->size());
    if (plan.rest) sql::markColumns(*plan.rest, both);
    const std::size_t left = plan.left.schema->size();
    for (std::size_t i = 0; i < both.size(); ++i) {
        if (both[i]) (i < left ? reads[kLeft][i] : reads[kRight][i - left]) = true;
    }
    for (const int key : plan.leftKeys) reads[kLeft][static_cast<std::size_t>(key)] = true;
    for (const int key : plan.rightKeys) reads[kRight][static_cast<std::size_t>(key)] = true;
}

Text joinSummary(const BindContext& context) {
    return RW_TEXT("join", "%1 · %2").with(context.text("on"), context.text("kind"));
}

}  // namespace rw
