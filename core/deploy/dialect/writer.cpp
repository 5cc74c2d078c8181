// The walk over a typed tree: columns, literals, CASE, CAST; calls go by the dialect's table.
#include "core/deploy/dialect/writer.h"

#include <algorithm>

namespace rw {

namespace {

using sql::Expr;

/// A readable text for a call that can't be written.
std::string standIn(const CallForm& call) {
    std::string text = call.call().name + "(";
    for (std::size_t i = 0; i < call.count(); ++i) text += (i == 0 ? "" : ", ") + call.text(i);
    return text + ")";
}

Written writeByRow(CallForm& call, const FunctionForm* form) {
    if (form == nullptr) {
        call.find(Verdict::Refused, RW_TEXT("deploy", "%1 has no counterpart in %2.")
                                        .with(call.call().name, engineName(call.dialect().engine())));
        return {standIn(call)};
    }
    if (form->write == nullptr && form->pattern.empty()) {
        call.find(Verdict::Refused, form->what, {}, form->fix);
        return {standIn(call)};
    }
    if (form->verdict != Verdict::Exact || !form->what.empty() || !form->condition.empty()) {
        call.find(form->verdict, form->what, form->condition, form->fix);
    }
    return form->write != nullptr ? form->write(call) : call.filled(form->pattern, form->binding);
}

Written writeCase(const CallForm& call) {
    const Expr& tree = call.call();
    std::string text = "CASE";
    std::size_t i = 0;
    if (tree.simple) {
        call.refuseMixture(RW_TEXT("deploy", "Write conditions after WHEN instead of values."));
        text += " " + call.text(i++);
    }
    for (; i + 1 < call.count(); i += 2) text += " WHEN " + call.text(i) + " THEN " + call.text(i + 1);
    // An ELSE that was not written is a NULL.
    const Expr& last = call.argument(i);
    if (last.kind != Expr::Kind::Literal || !isNull(last.value)) text += " ELSE " + call.text(i);
    return {text + " END"};
}

Written writeCast(const CallForm& call) {
    const Expr& tree = call.call();
    const bool orNull = tree.tryCast || (call.nullOnError() && call.part().canFail);
    if (call.part().canFail) call.findFailing();
    return writeConversion(call.dialect(), call.written(0), call.typed(0).type, tree.castType, orNull);
}

/// CASE and CAST are the same in all dialects but where a row says something else.
Written writeWords(const Dialect& dialect, const sql::TypedTree& tree, const Expr& part,
                   const WriteScope& scope, bool guarded) {
    const bool isCase = part.kind == Expr::Kind::Case;
    const FunctionForm* const form = dialect.function(isCase ? "CASE" : "CAST");
    CallForm call(dialect, tree, part, scope, form, guarded);
    if (form != nullptr && form->write != nullptr) return writeByRow(call, form);
    return isCase ? writeCase(call) : writeCast(call);
}

std::string columnText(const Dialect& dialect, const sql::TypedTree& tree, const Expr& part,
                       const WriteScope& scope) {
    if (scope.column) return scope.column(tree.of(part).column);
    const auto quoted = dialect.words().identifier;
    return (part.qualifier.empty() ? "" : quoted(part.qualifier) + ".") + quoted(part.name);
}

/// Says conditions once: of “a + b + c” at its first place.
void sayOnce(std::vector<Remark>& findings, std::size_t first) {
    for (std::size_t i = first; i < findings.size();) {
        const Remark& finding = findings[i];
        const auto begin = findings.begin() + static_cast<std::ptrdiff_t>(first);
        const auto own = findings.begin() + static_cast<std::ptrdiff_t>(i);
        const bool said =
            finding.verdict == Verdict::Exact && std::any_of(begin, own, [&](const Remark& other) {
                return other.verdict == finding.verdict && other.what == finding.what &&
                       other.condition == finding.condition;
            });
        if (said) {
            findings.erase(own);
        } else {
            ++i;
        }
    }
}

}  // namespace

Written writePart(const Dialect& dialect, const sql::TypedTree& tree, const Expr& part,
                  const WriteScope& scope, bool guarded) {
    switch (part.kind) {
        case Expr::Kind::Column:
            return {columnText(dialect, tree, part, scope)};
        case Expr::Kind::Literal:
            return *writeLiteral(dialect, part, part.literalType, scope);
        case Expr::Kind::Case:
        case Expr::Kind::Cast:
            return writeWords(dialect, tree, part, scope, guarded);
        default: {
            const FunctionForm* const form = dialect.function(part.name);
            CallForm call(dialect, tree, part, scope, form, guarded);
            return writeByRow(call, form);
        }
    }
}

Written writeConversion(const Dialect& dialect, const Written& value, Type from, Type to, bool orNull) {
    const DialectWords& words = dialect.words();
    if (from == to) return value;
    if (words.cast != nullptr) return words.cast(value, from, to, orNull);
    return {(orNull ? "TRY_CAST(" : "CAST(") + value.text + " AS " + words.type(to) + ")"};
}

Written writeExpression(const Dialect& dialect, const sql::TypedTree& tree, const WriteScope& scope) {
    const sql::TypedPart& root = tree.of(tree.tree());
    // A NULL has a type where something says which.
    if (root.type.is(TypeId::Null) && tree.tree().kind == Expr::Kind::Literal) {
        return {dialect.words().literal({}, root.as)};
    }
    const std::size_t first = scope.findings != nullptr ? scope.findings->size() : 0;
    Written written = writePart(dialect, tree, tree.tree(), scope, false);
    if (scope.findings != nullptr) sayOnce(*scope.findings, first);
    return written;
}

}  // namespace rw
