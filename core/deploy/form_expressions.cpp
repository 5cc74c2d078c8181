// The SQL of parameters, in the engine's words.
#include "core/deploy/form.h"
#include "core/deploy/kept_variables.h"

namespace rw {

namespace {

/// A stretch of a parameter's text that was parsed by itself, as it stands in the file.
struct Stretch {
    std::size_t begin = 0;  ///< in the text with all variables put in
    std::string raw{};      ///< empty: no variable stays in it
    std::vector<VariableSpan> kept{};
};

/// `text` is all of `whole.value` or a part of it; a text behind another part is searched for from the end.
Stretch stretchOf(const KeptText& whole, std::string_view text) {
    Stretch out;
    const std::size_t begin = whole.value.rfind(text);
    if (begin == std::string::npos) return out;
    out.begin = begin;
    const std::size_t end = begin + text.size();
    std::size_t done = begin;  // up to there it is in `raw`
    for (const VariableSpan& span : whole.kept) {
        if (span.end <= begin || span.begin >= end) continue;
        if (span.begin < begin || span.end > end)
            return {begin, {}, {}};  // the variable holds more than that
        out.raw.append(whole.value, done, span.begin - done).append("${" + span.name + "}");
        out.kept.push_back({span.begin - begin, span.end - begin, span.name});
        done = span.end;
    }
    if (!out.kept.empty()) out.raw.append(whole.value, done, end - done);
    return out;
}

}  // namespace

std::string NodeForm::write(std::string_view param, int item, std::string_view text, const SchemaRef& schema,
                            const Columns& column,
                            const std::function<std::string(const WriteScope&)>& words) {
    const Json& file = fileText(param, item);
    Stretch stretch;
    if (file.is_string())
        stretch = stretchOf(keptText(file.get_ref<const std::string&>(), m_variables, m_options), text);
    WriteScope scope;
    scope.column = column;
    if (!column) {
        scope.column = [this, schema](int index) {
            return quoted(schema->fields[static_cast<std::size_t>(index)].name);
        };
    }
    scope.raw = stretch.raw;
    scope.variables = std::move(stretch.kept);
    scope.localZone = m_params.settings().timeZone == "local";
    scope.nullOnError = m_params.text("on_error") == "null";
    scope.findings = &m_findings;
    const std::size_t before = m_findings.size();
    std::string out = words(scope);
    for (std::size_t i = before; i < m_findings.size(); ++i) {
        m_findings[i].param = std::string(param);
        m_findings[i].item = item;
        m_findings[i].position += stretch.begin;
    }
    return out;
}

std::string NodeForm::inWords(std::string_view param, int item, std::string_view text,
                              const std::function<std::string(const WriteScope&)>& words) {
    return write(param, item, text, m_params.input().schema, {}, words);
}

// Parameters were validated: this is a fault of ours, which must not pass unseen.
void NodeForm::refuseText(std::string_view param, int item, const sql::SqlError& error) {
    Remark& remark = find(Verdict::Refused, error.message, param);
    remark.fix = error.fix;
    remark.item = item;
    remark.position = error.position;
    remark.length = error.length;
}

std::string NodeForm::writeTree(std::string_view param, int item, std::string_view text,
                                const sql::Scope& scope, const Columns& column,
                                const sql::Parsed<sql::TypedTree>& typed) {
    if (const auto* error = std::get_if<sql::SqlError>(&typed)) {
        refuseText(param, item, *error);
        return "NULL";
    }
    return write(param, item, text, scope.schema, column, [&](const WriteScope& words) {
        return writeExpression(m_dialect, std::get<sql::TypedTree>(typed), words).text;
    });
}

std::string NodeForm::condition(std::string_view param, const sql::Scope& scope,
                                const std::function<std::string(int)>& column) {
    const std::string text = m_params.text(param);
    return writeTree(param, -1, text, scope, column, sql::typeCondition(text, scope));
}

std::string NodeForm::expression(std::string_view param, int item, std::string_view text,
                                 const sql::Scope& scope, const std::function<std::string(int)>& column) {
    return writeTree(param, item, text, scope, column, sql::typeText(text, scope));
}

NodeForm::Item NodeForm::item(std::string_view param, int item, const sql::Scope& scope) {
    const std::string text = m_params.list(param)[static_cast<std::size_t>(item)];
    const auto typed = sql::typeSelectItem(text, scope);
    if (const auto* error = std::get_if<sql::SqlError>(&typed)) {
        refuseText(param, item, *error);
        return {"NULL", text};
    }
    const auto& entry = std::get<sql::TypedItem>(typed);
    if (!entry.value) return {};
    Item out;
    out.name = entry.name;
    const sql::Expr& tree = entry.value.tree();
    if (tree.kind == sql::Expr::Kind::Column) out.column = entry.value.of(tree).column;
    out.isText = tree.kind == sql::Expr::Kind::Literal && entry.value.type().is(TypeId::String);
    out.text = write(param, item, text, scope.schema, {}, [&](const WriteScope& words) {
        return writeExpression(m_dialect, entry.value, words).text;
    });
    return out;
}

std::vector<NodeForm::Aggregate> NodeForm::aggregates(const Schema& input,
                                                      const std::function<std::string(int)>& column) {
    const sql::Scope scope{std::make_shared<const Schema>(input)};
    const std::vector<std::string> texts = m_params.list("aggregates");
    std::vector<Aggregate> out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int item = static_cast<int>(i);
        const auto typed = sql::typeAggregate(texts[i], scope);
        if (const auto* error = std::get_if<sql::SqlError>(&typed)) {
            refuseText("aggregates", item, *error);
            continue;
        }
        const auto& aggregate = std::get<sql::TypedAggregate>(typed);
        Aggregate& added = out.emplace_back();
        added.name = aggregate.name;
        added.function = aggregate.function;
        added.call = write("aggregates", item, texts[i], scope.schema, column, [&](const WriteScope& words) {
            return writeAggregate(m_dialect, aggregate, words);
        });
    }
    return out;
}

}  // namespace rw
