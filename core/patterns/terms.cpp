#include "core/patterns/terms.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/sql/bind/binder.h"
#include "core/sql/parse/lexer.h"

namespace rw::patterns {

namespace {

using sql::Expr;
using sql::SqlError;

bool isNavigation(const std::string& name) {
    return name == "FIRST" || name == "LAST" || name == "PREV" || name == "NEXT" || name == "CLASSIFIER" ||
           name == "MATCH_NUMBER";
}

/// RUNNING and FINAL are no words of SQL's grammar: they are blanked, and noted by the place of the word
/// behind them.
struct Modes {
    struct Mode {
        bool final = false, used = false;
        sql::Span span{};
    };
    std::string text{};
    std::map<std::size_t, Mode> at{};
};

Modes readModes(std::string_view text) {
    Modes modes;
    modes.text = std::string(text);
    const auto parsed = sql::tokenize(text);
    const auto* const tokens = std::get_if<std::vector<sql::Token>>(&parsed);
    if (tokens == nullptr) return modes;
    for (std::size_t i = 0; i + 2 < tokens->size(); ++i) {
        const sql::Token& word = (*tokens)[i];
        const bool final = word.isKeyword("FINAL");
        if (!final && !word.isKeyword("RUNNING")) continue;
        if ((*tokens)[i + 1].kind != sql::Token::Kind::Word || !(*tokens)[i + 2].isSymbol("(")) continue;
        std::fill(modes.text.begin() + static_cast<std::ptrdiff_t>(word.span.begin),
                  modes.text.begin() + static_cast<std::ptrdiff_t>(word.span.end), ' ');
        modes.at[(*tokens)[i + 1].span.begin] = {final, false, word.span};
    }
    return modes;
}

/// Replaces the terms of one expression by columns. The first error ends it.
class TermReader {
 public:
    TermReader(const RowPattern& pattern, Terms& terms, Modes& modes, bool condition, TermTrees* trees)
        : m_pattern(pattern), m_terms(terms), m_modes(modes), m_condition(condition), m_trees(trees) {}

    std::optional<SqlError> read(Expr& expr, RowExpression& out) {
        m_out = &out;
        rewrite(expr);
        for (const auto& [at, mode] : m_modes.at) {
            if (!mode.used) {
                fail(RW_TEXT("pattern", "RUNNING and FINAL have no meaning here."),
                     RW_TEXT("pattern", "They stand before FIRST, LAST, CLASSIFIER or an aggregate."),
                     mode.span);
            } else if (mode.final && m_condition) {
                fail(RW_TEXT("pattern", "A condition is decided before the match is final."),
                     RW_TEXT("pattern", "Remove FINAL, or write a measure."), mode.span);
            }
        }
        out.schema = std::make_shared<const Schema>(std::move(m_schema));
        return std::move(m_error);
    }

 private:
    void fail(Text message, Text fix, sql::Span where, std::string replacement = {}) {
        if (m_error) return;
        SqlError error;
        error.message = std::move(message);
        error.fix = std::move(fix);
        error.position = where.begin;
        error.length = where.end - where.begin;
        error.replacement = std::move(replacement);
        m_error = std::move(error);
    }

    void rewrite(Expr& expr) {
        if (m_error) return;
        if (expr.kind == Expr::Kind::Column) {
            Term term;
            operand(expr, term);
            put(expr, term);
        } else if (expr.kind == Expr::Kind::Call && isNavigation(expr.name)) {
            put(expr, navigation(expr));
        } else if (expr.kind == Expr::Kind::Aggregate) {
            put(expr, aggregate(expr));
        } else {
            for (sql::ExprPtr& arg : expr.args) rewrite(*arg);
        }
    }

    /// The expression becomes the column of a term.
    void put(Expr& expr, const Term& term) {
        if (m_error) return;
        std::vector<Term>& terms = m_out->terms;
        auto known = std::find(terms.begin(), terms.end(), term);
        const auto place = static_cast<std::size_t>(known - terms.begin());
        if (known == terms.end()) {
            terms.push_back(term);
            m_schema.fields.push_back({"#" + std::to_string(place), typeOf(term)});
            if (m_trees != nullptr) m_trees->calls.push_back(std::move(m_call));
        }
        m_call = {};
        expr.kind = Expr::Kind::Column;
        expr.name = "#" + std::to_string(place);
        expr.qualifier.clear();
        expr.args.clear();
        expr.filter.reset();
    }

    Type typeOf(const Term& term) const {
        switch (term.kind) {
            case Term::Kind::Value:
                return m_terms.kept.fields[static_cast<std::size_t>(term.column)].type;
            case Term::Kind::Classifier:
                return Type::of(TypeId::String);
            case Term::Kind::MatchNumber:
                return Type::of(TypeId::Bigint);
            case Term::Kind::Aggregate:
                break;
        }
        return aggregates()[static_cast<std::size_t>(term.aggregate)].bound.type;
    }

    std::vector<TermAggregate>& aggregates() const {
        return m_condition ? m_terms.ofConditions : m_terms.ofMeasures;
    }

    void takeMode(const Expr& expr, Term& term) {
        const auto mode = m_modes.at.find(expr.span.begin);
        if (mode == m_modes.at.end()) return;
        mode->second.used = true;
        term.final = mode->second.final;
    }

    Term navigation(Expr& expr) {
        Term term;
        const std::string name = expr.name;
        if (name == "CLASSIFIER" || name == "MATCH_NUMBER") {
            if (!expr.args.empty()) {
                fail(RW_TEXT("pattern", "%1 takes no argument.").with(name),
                     RW_TEXT("pattern", "Write %1().").with(name), expr.span);
            }
            if (name == "CLASSIFIER") {
                takeMode(expr, term);
                term.kind = Term::Kind::Classifier;
            } else {
                term.kind = Term::Kind::MatchNumber;
                m_terms.numbered = true;
            }
            return term;
        }
        const bool physical = name == "PREV" || name == "NEXT";
        const std::int64_t offset = offsetOf(expr, physical ? 1 : 0);
        if (m_error) return term;
        Expr& inner = *expr.args.front();
        const bool nested = inner.kind == Expr::Kind::Call && (inner.name == "FIRST" || inner.name == "LAST");
        if (physical && nested) {
            term = navigation(inner);
        } else if (inner.kind == Expr::Kind::Call && inner.name == "CLASSIFIER" && inner.args.empty()) {
            term.kind = Term::Kind::Classifier;
        } else {
            operand(inner, term);
        }
        if (!physical) {
            takeMode(expr, term);
            term.first = name == "FIRST";
            term.logical = offset;
        } else if (name == "PREV") {
            term.physical = -offset;
            m_terms.behind = std::max(m_terms.behind, offset);
        } else {
            term.physical = offset;
            std::int64_t& ahead = m_condition ? m_terms.ahead : m_terms.aheadOfMeasures;
            ahead = std::max(ahead, offset);
        }
        return term;
    }

    /// The second argument of a navigation.
    std::int64_t offsetOf(const Expr& expr, std::int64_t otherwise) {
        if (expr.args.empty() || expr.args.size() > 2) {
            fail(RW_TEXT("pattern", "%1 takes a value, and a number of rows if you like.").with(expr.name),
                 RW_TEXT("pattern", "Write it so: %1(price, 2).").with(expr.name), expr.span);
            return 0;
        }
        if (expr.args.size() == 1) return otherwise;
        const Value& value = expr.args[1]->value;
        std::int64_t rows = -1;
        if (expr.args[1]->kind == Expr::Kind::Literal) {
            if (const auto* const small = std::get_if<std::int32_t>(&value)) rows = *small;
            if (const auto* const large = std::get_if<std::int64_t>(&value)) rows = *large;
        }
        if (rows >= 0 && rows <= kMostOffset) return rows;
        fail(RW_TEXT("pattern", "The number of rows of %1 is a whole number from 0 to %2.")
                 .with(expr.name, kMostOffset),
             RW_TEXT("pattern", "Write the number itself: %1(price, 2).").with(expr.name),
             expr.args[1]->span);
        return 0;
    }

    /// The value of one row that a term looks at: sets the term's variable and column.
    void operand(Expr& expr, Term& term) {
        std::optional<std::string> qualifier;
        strip(expr, qualifier);
        if (m_error) return;
        if (!qualifier) {
            return fail(RW_TEXT("pattern", "This names no column."),
                        RW_TEXT("pattern", "Write a column of the rows here."), expr.span);
        }
        auto bound = sql::bind(expr, {.schema = m_terms.input});
        if (auto* const error = std::get_if<SqlError>(&bound)) {
            m_error = std::move(*error);
            return;
        }
        auto& value = std::get<sql::BoundRef>(bound);
        if (m_trees != nullptr) keepTree(expr);
        if (value->kind == sql::BoundExpr::Kind::Column) {
            term.column = value->column;
            return setVariable(*qualifier, term);
        }
        term.column = static_cast<int>(m_terms.kept.size());
        m_terms.kept.fields.push_back({freeName(), value->type});
        m_terms.computed.push_back(std::move(value));
        setVariable(*qualifier, term);
    }

    /// Moves the argument of a term out of the tree, where a column of its own takes its place.
    void keepTree(Expr& argument) {
        auto typed = sql::typeTree(std::make_unique<Expr>(std::move(argument)), {.schema = m_terms.input});
        if (auto* const tree = std::get_if<sql::TypedTree>(&typed)) m_call.argument = std::move(*tree);
    }

    std::string freeName() const {
        std::string name = "#" + std::to_string(m_terms.computed.size());
        while (m_terms.kept.find(name)) name += '#';
        return name;
    }

    void setVariable(const std::string& qualifier, Term& term) const {
        term.variable = qualifier.empty() ? -1 : m_pattern.find(qualifier);
    }

    /// Takes the variable off all columns: there is one for all of them.
    void strip(Expr& expr, std::optional<std::string>& qualifier) {
        if (m_error) return;
        if (expr.kind == Expr::Kind::Aggregate ||
            (expr.kind == Expr::Kind::Call && isNavigation(expr.name))) {
            return fail(
                RW_TEXT("pattern", "%1 can't stand within a navigation or an aggregate.").with(expr.name),
                RW_TEXT("pattern", "Only FIRST and LAST may stand within PREV and NEXT."), expr.span);
        }
        for (sql::ExprPtr& arg : expr.args) strip(*arg, qualifier);
        if (expr.kind != Expr::Kind::Column || m_error) return;
        if (!expr.qualifier.empty() && m_pattern.find(expr.qualifier) < 0) return unknownVariable(expr);
        if (qualifier && *qualifier != expr.qualifier) {
            return fail(RW_TEXT("pattern", "The columns here belong to rows of different variables."),
                        RW_TEXT("pattern", "Within one navigation or aggregate, name one variable."),
                        expr.span);
        }
        qualifier = std::exchange(expr.qualifier, {});
    }

    void unknownVariable(const Expr& expr) {
        Schema names;
        for (const std::string& name : m_pattern.variables) names.fields.push_back({name, {}});
        const std::string near = nearestName(expr.qualifier, names);
        std::string all;
        for (const std::string& name : m_pattern.variables) all += (all.empty() ? "" : ", ") + name;
        fail(RW_TEXT("pattern", "The pattern has no variable “%1”.").with(expr.qualifier),
             near.empty() ? RW_TEXT("pattern", "Its variables are: %1.").with(all)
                          : RW_TEXT("pattern", "Replace with “%1”?").with(near),
             expr.span,
             near.empty() ? "" : sql::quoteIdentifier(near) + "." + sql::quoteIdentifier(expr.name));
    }

    Term aggregate(Expr& expr) {
        Term term;
        term.kind = Term::Kind::Aggregate;
        takeMode(expr, term);
        const std::string& name = expr.name;
        if (name != "COUNT" && name != "SUM" && name != "AVG" && name != "MIN" && name != "MAX") {
            fail(RW_TEXT("pattern", "%1 is not computed over the rows of a match.").with(name),
                 RW_TEXT("pattern",
                         "COUNT, SUM, AVG, MIN and MAX are; FIRST and LAST give values of one row."),
                 expr.span);
        } else if (expr.filter) {
            fail(RW_TEXT("pattern", "FILTER can't stand in a pattern."),
                 RW_TEXT("pattern", "Aggregate over CASE WHEN condition THEN value END."), expr.span);
        } else if (expr.args.size() == 1) {
            operand(*expr.args.front(), term);
        }
        if (!m_error) bindAggregate(expr, term);
        term.column = -1;
        return term;
    }

    void bindAggregate(const Expr& expr, Term& term) {
        std::string call = expr.name + "(*) AS value";
        if (term.column >= 0) {
            const Field& field = m_terms.kept.fields[static_cast<std::size_t>(term.column)];
            call = expr.name + (expr.distinct ? "(DISTINCT " : "(") + sql::quoteIdentifier(field.name) +
                   ") AS value";
        }
        auto bound = sql::bindAggregate(call, {.schema = std::make_shared<const Schema>(m_terms.kept)});
        if (auto* const error = std::get_if<SqlError>(&bound))
            return fail(std::move(error->message), std::move(error->fix), expr.span);
        m_call.function = expr.name;
        m_call.distinct = expr.distinct;
        m_call.type = std::get<sql::BoundAggregate>(bound).type;
        term.aggregate = static_cast<int>(aggregates().size());
        aggregates().push_back({term.variable, term.column, std::get<sql::BoundAggregate>(std::move(bound))});
    }

    const RowPattern& m_pattern;
    Terms& m_terms;
    Modes& m_modes;
    const bool m_condition;
    TermTrees* const m_trees;
    sql::TypedAggregate m_call{};  ///< of the term that is being read
    RowExpression* m_out = nullptr;
    Schema m_schema{};
    std::optional<SqlError> m_error{};
};

bool isLocal(const RowExpression& condition, int variable) {
    return std::all_of(condition.terms.begin(), condition.terms.end(), [variable](const Term& term) {
        return term.kind == Term::Kind::Value && (term.variable == -1 || term.variable == variable) &&
               !term.first && term.logical == 0 && term.physical <= 0;
    });
}

std::optional<SqlError> bindTerms(sql::ExprPtr expr, const RowPattern& pattern, Terms& terms, Modes& modes,
                                  bool condition, RowExpression& out, TermTrees* trees) {
    if (auto error = TermReader(pattern, terms, modes, condition, trees).read(*expr, out)) return error;
    auto bound = sql::bind(*expr, {.schema = out.schema});
    if (auto* const error = std::get_if<SqlError>(&bound)) return std::move(*error);
    out.bound = std::get<sql::BoundRef>(std::move(bound));
    if (trees == nullptr) return std::nullopt;
    auto typed = sql::typeTree(std::move(expr), {.schema = out.schema}, condition);
    if (auto* const error = std::get_if<SqlError>(&typed)) return std::move(*error);
    trees->whole = std::get<sql::TypedTree>(std::move(typed));
    return std::nullopt;
}

}  // namespace

sql::Parsed<RowExpression> bindDefinition(std::string_view text, const RowPattern& pattern, int variable,
                                          Terms& terms, TermTrees* trees) {
    Modes modes = readModes(text);
    auto parsed = sql::parseExpression(modes.text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    auto& expr = std::get<sql::ExprPtr>(parsed);
    const sql::Span span = expr->span;
    RowExpression condition;
    if (auto error = bindTerms(std::move(expr), pattern, terms, modes, true, condition, trees))
        return std::move(*error);
    if (auto error = sql::checkCondition(condition.bound->type, span)) return std::move(*error);
    auto converted = sql::convert(condition.bound, Type::of(TypeId::Boolean), span);
    if (auto* const error = std::get_if<SqlError>(&converted)) return std::move(*error);
    condition.bound = std::get<sql::BoundRef>(std::move(converted));
    condition.local = isLocal(condition, variable);
    return condition;
}

sql::Parsed<RowExpression> bindMeasure(std::string_view text, const RowPattern& pattern, Terms& terms,
                                       TermTrees* trees) {
    Modes modes = readModes(text);
    auto parsed = sql::parseSelectItem(modes.text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    auto& item = std::get<sql::SelectItem>(parsed);
    if (!item.expr) {
        SqlError error;
        error.message = RW_TEXT("pattern", "* is not a measure.");
        error.fix = RW_TEXT("pattern", "Name each measure: LAST(A.price) AS price.");
        error.length = text.size();
        return error;
    }
    auto name = sql::resultName(item);
    if (auto* const error = std::get_if<SqlError>(&name)) return std::move(*error);
    RowExpression measure;
    measure.name = std::get<std::string>(std::move(name));
    if (auto error = bindTerms(std::move(item.expr), pattern, terms, modes, false, measure, trees))
        return std::move(*error);
    return measure;
}

}  // namespace rw::patterns
