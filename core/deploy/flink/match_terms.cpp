#include "core/deploy/flink/match_terms.h"

#include <fmt/format.h>

#include <utility>

#include "core/deploy/dialect/dialect.h"
#include "core/deploy/flink/exclusion.h"
#include "core/patterns/parse.h"

namespace rw {

namespace {

using patterns::Term;

Text writeByLast() {
    return RW_TEXT("deploy", "Within a match, the row before is LAST(x, 1), the one before that LAST(x, 2).");
}

/// Writes the terms of one expression.
class TermWriter {
 public:
    /// `variable`: whose condition it is; −1: it is a measure.
    TermWriter(NodeForm& form, const MatchScope& scope, const MatchExpression& expression, int variable)
        : m_form(form), m_scope(scope), m_expression(expression), m_variable(variable) {}

    std::string text(int index, const WriteScope& words) const {
        const auto place = static_cast<std::size_t>(index);
        const Term& term = m_expression.bound.terms[place];
        const sql::TypedAggregate& call = m_expression.trees.calls[place];
        switch (term.kind) {
            case Term::Kind::Value:
                return value(term, call.argument);
            case Term::Kind::Aggregate:
                return aggregate(term, call, words);
            case Term::Kind::Classifier:
                m_form.find(Verdict::Refused, RW_TEXT("deploy", "Flink has no CLASSIFIER.")).fix =
                    RW_TEXT("deploy", "Ask by COUNT(A.x) > 0 whether a variable has rows.");
                return "NULL";
            case Term::Kind::MatchNumber:
                m_form.find(Verdict::Refused, RW_TEXT("deploy", "Flink has no MATCH_NUMBER.")).fix =
                    RW_TEXT("deploy", "Remove it, and count the matches behind this node.");
                return "NULL";
        }
        return {};
    }

 private:
    bool isCurrent(const Term& term) const {
        return m_variable >= 0 && !term.first && term.logical == 0 &&
               (term.variable < 0 || term.variable == m_variable);
    }
    std::string column(int variable, const std::string& name) const {
        if (variable < 0) return m_form.quoted(name);
        return m_form.quoted(m_scope.pattern.variables[static_cast<std::size_t>(variable)]) + "." +
               m_form.quoted(name);
    }

    std::string value(const Term& term, const sql::TypedTree& argument) const {
        if (argument.tree().kind != sql::Expr::Kind::Column) {
            m_form
                .find(Verdict::Refused,
                      RW_TEXT("deploy",
                              "Flink computes an expression in FIRST or LAST also where there is no "
                              "such row."))
                .fix = RW_TEXT("deploy", "Navigate to each column, and compute with these: LAST(A.x) * 2.");
        }
        const sql::TypedPart& part = argument.of(argument.tree());
        if (part.column < 0) return "NULL";
        const std::string& name = m_scope.terms.input->fields[static_cast<std::size_t>(part.column)].name;
        if (term.physical != 0) return before(term, name);
        if (isCurrent(term)) return column(m_variable, name);
        if (term.first) return call("FIRST", column(term.variable, name), term.logical);
        if (term.logical == 0) return column(term.variable, name);
        return call("LAST", column(term.variable, name), term.logical);
    }

    static std::string call(std::string_view function, const std::string& column, std::int64_t offset) {
        if (offset == 0) return fmt::format("{}({})", function, column);
        return fmt::format("{}({}, {})", function, column, offset);
    }

    /// Rows of a match stand directly behind each other, so that a row before is one of the match where
    /// enough of its rows come before.
    std::string before(const Term& term, const std::string& name) const {
        if (isCurrent(term) && term.physical < 0 &&
            rowsBefore(m_scope.elements, m_variable) >= -term.physical)
            return call("LAST", column(-1, name), -term.physical);
        m_form
            .find(Verdict::Refused,
                  RW_TEXT("deploy", "Flink has no PREV and NEXT, and does not look beyond the match."))
            .fix = writeByLast();
        return "NULL";
    }

    std::string aggregate(const Term& term, const sql::TypedAggregate& call, const WriteScope& words) const {
        if (call.distinct) {
            m_form.find(Verdict::Refused, RW_TEXT("deploy", "Flink takes no DISTINCT in a pattern.")).fix =
                RW_TEXT("deploy", "Remove DISTINCT, or run this node here.");
            return "NULL";
        }
        if (!call.argument) {
            return "COUNT(*)";
        }
        WriteScope inside = words;
        inside.column = [&](int index) {
            return column(term.variable, m_scope.terms.input->fields[static_cast<std::size_t>(index)].name);
        };
        return writeAggregate(m_form.dialect(), call, inside);
    }

    NodeForm& m_form;
    const MatchScope& m_scope;
    const MatchExpression& m_expression;
    int m_variable;
};

/// `text` is that of the expression in element `item` of the parameter.
void writeTerms(NodeForm& form, std::string_view param, int item, std::string_view text,
                const MatchScope& scope, MatchExpression& expression, int variable) {
    const TermWriter terms(form, scope, expression, variable);
    expression.text = form.inWords(param, item, text, [&](const WriteScope& given) {
        WriteScope words = given;
        words.column = [&](int index) { return terms.text(index, given); };
        return writeExpression(form.dialect(), expression.trees.whole, words).text;
    });
}

/// A name for a term, the same for the same value of one row tried as different variables.
std::string termName(const MatchExpression& expression, int variable, int index, const Dialect& dialect,
                     const patterns::Terms& terms) {
    const Term& term = expression.bound.terms[static_cast<std::size_t>(index)];
    const sql::TypedAggregate& call = expression.trees.calls[static_cast<std::size_t>(index)];
    WriteScope words;
    words.column = [&](int column) {
        return dialect.words().identifier(terms.input->fields[static_cast<std::size_t>(column)].name);
    };
    const std::string value =
        call.argument ? writeExpression(dialect, call.argument, words).text : std::string("*");
    const bool own = term.variable == variable;
    if (term.kind == Term::Kind::Aggregate)
        return fmt::format("{}({} of {}{})", call.function, value, term.variable, own ? " and this" : "");
    // The last row of the own variable is the row itself, the one before it the last row so far.
    if (!term.first && term.logical == 0 && (own || term.variable < 0))
        return fmt::format("{} {:+}", value, term.physical);
    if (term.first)
        return fmt::format("{} of first {}{} {} {:+}", value, term.variable, own ? " or this" : "",
                           term.logical, term.physical);
    return fmt::format("{} of last {} {} {:+}", value, term.variable, term.logical - (own ? 1 : 0),
                       term.physical);
}

}  // namespace

std::vector<MatchExpression> flinkMatchConditions(NodeForm& form, const MatchScope& scope) {
    std::vector<MatchExpression> conditions(scope.pattern.variables.size());
    const std::vector<std::string> texts = form.params().list("define");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const patterns::Definition definition = patterns::readDefinition(texts[i]);
        const int variable = scope.pattern.find(definition.name);
        if (variable < 0) continue;
        const std::string_view text = std::string_view(texts[i]).substr(definition.condition);
        MatchExpression& condition = conditions[static_cast<std::size_t>(variable)];
        auto bound = patterns::bindDefinition(text, scope.pattern, variable, scope.terms, &condition.trees);
        if (auto* const read = std::get_if<patterns::RowExpression>(&bound)) {
            condition.bound = std::move(*read);
            writeTerms(form, "define", static_cast<int>(i), text, scope, condition, variable);
        }
    }
    return conditions;
}

MatchExpression flinkMatchMeasure(NodeForm& form, int item, const MatchScope& scope) {
    const std::string text = form.params().list("measures")[static_cast<std::size_t>(item)];
    MatchExpression measure;
    auto bound = patterns::bindMeasure(text, scope.pattern, scope.terms, &measure.trees);
    if (auto* const read = std::get_if<patterns::RowExpression>(&bound)) {
        measure.bound = std::move(*read);
        writeTerms(form, "measures", item, text, scope, measure, -1);
    }
    return measure;
}

void flinkFindRivals(NodeForm& form, const std::vector<MatchExpression>& conditions,
                     const MatchScope& scope) {
    const auto conditionOf = [&](int variable) {
        const MatchExpression& condition = conditions[static_cast<std::size_t>(variable)];
        RowCondition out;
        if (condition.trees.whole) out.tree = &condition.trees.whole;
        out.column = [&, variable](int term) {
            return termName(conditions[static_cast<std::size_t>(variable)], variable, term, form.dialect(),
                            scope.terms);
        };
        return out;
    };
    for (const MatchRivals& pair : rivalsOf(scope.elements)) {
        const RowCondition one = conditionOf(pair.variable), next = conditionOf(pair.next);
        if (excludeEachOther(form.dialect(), one, next)) continue;
        const bool any = one.tree == nullptr || next.tree == nullptr;
        const std::string& name = scope.pattern.variables[static_cast<std::size_t>(pair.variable)];
        const std::string& other = scope.pattern.variables[static_cast<std::size_t>(pair.next)];
        Remark& remark = form.find(
            any ? Verdict::Refused : Verdict::Approximated,
            RW_TEXT("deploy",
                    "Where a row fits “%1” and “%2”, Flink may find another match or none: it never "
                    "goes back.")
                .with(name, other),
            "pattern");
        remark.fix = RW_TEXT("deploy",
                             "Let the conditions exclude each other, such as x < 10 and x >= 10: add AND NOT "
                             "(…) to one of them.");
        remark.position = pair.span.begin;
        remark.length = pair.span.end - pair.span.begin;
    }
}

}  // namespace rw
