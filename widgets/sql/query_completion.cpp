#include "widgets/sql/query_completion.h"

#include <algorithm>

#include "core/query/query_names.h"
#include "core/query/query_text.h"
#include "core/query/query_words.h"

namespace rw::ui {

namespace {

using Kind = Completion::Kind;

QString wide(std::string_view words) {
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString quotedIfNeeded(const QString& name) {
    return QString::fromStdString(queryName(name.toStdString()));
}

bool same(const QString& a, const QString& b) {
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

void addColumns(std::vector<Completion>& list, const AskableTable& table, bool withTable) {
    for (const AskableColumn& column : table.columns) {
        const QString detail = withTable ? column.type + QStringLiteral("  ") + table.name : column.type;
        list.push_back({Kind::Column, column.name, quotedIfNeeded(column.name), detail, {}});
    }
}

void addWords(std::vector<Completion>& list) {
    for (const QueryFunction& each : queryFunctions()) {
        if (!isSqlWordPart(each.name.front())) continue;
        const bool bare = each.signature.find('(') == std::string_view::npos;
        list.push_back({each.aggregate ? Kind::Aggregate : Kind::Function,
                        wide(each.signature),
                        bare ? wide(each.signature) : wide(each.name) + u'(',
                        CompletionModel::tr("function"),
                        {}});
    }
    for (const std::string_view word : queryKeywords())
        list.push_back({Kind::Keyword, wide(word), wide(word), {}, {}});
}

/// Names and symbols of a text, without blanks and comments.
struct Reading {
    explicit Reading(std::string given) : text(std::move(given)) {
        for (const SqlToken& token : sqlTokens(text))
            if (token.kind != SqlToken::Kind::Blank && token.kind != SqlToken::Kind::Comment)
                tokens.push_back(token);
    }
    bool isName(std::size_t i) const {
        if (i >= tokens.size()) return false;
        if (tokens[i].kind == SqlToken::Kind::Quoted) return true;
        return tokens[i].kind == SqlToken::Kind::Word && !isSqliteKeyword(tokens[i].span.of(text));
    }
    bool isWord(std::size_t i, const char* word) const {
        return i < tokens.size() && tokens[i].kind == SqlToken::Kind::Word &&
               same(name(i), QLatin1String(word));
    }
    bool isDot(std::size_t i) const { return i < tokens.size() && tokens[i].span.of(text) == "."; }
    QString name(std::size_t i) const { return QString::fromStdString(nameIn(text, tokens[i])); }

    std::string text;
    std::vector<SqlToken> tokens{};
};

}  // namespace

QueryCompletion::Place QueryCompletion::placeOf(const QString& before, const QString& after) const {
    Place place;
    const std::string left = before.toStdString(), whole = left + after.toStdString();
    const Reading typed(left);
    const std::size_t last = typed.tokens.size();
    const bool joined = last > 0 && typed.isDot(last - 1) && typed.tokens.back().span.end == left.size();
    if (joined && last > 1 && (typed.isName(last - 2) || typed.tokens[last - 2].kind == SqlToken::Kind::Word))
        place.qualifier = typed.name(last - 2);
    const auto statement = statementAt(whole, left.size());
    const Reading all(statement ? std::string(statement->of(whole)) : std::string());
    for (std::size_t i = 0; i < all.tokens.size(); ++i) {
        if (!all.isName(i)) continue;
        const bool schema = all.isDot(i + 1) && all.isName(i + 2);
        const AskableTable* table = schema ? m_tables.find(all.name(i), all.name(i + 2)) : nullptr;
        std::size_t end = table != nullptr ? i + 2 : i;
        if (table == nullptr && !all.isDot(i + 1)) table = m_tables.find({}, all.name(i));
        if (table == nullptr) continue;
        if (all.isWord(end + 1, "as")) ++end;
        const bool alias = all.isName(end + 1) && !all.isDot(end + 2);
        place.named.emplace_back(alias ? all.name(end + 1) : table->name, table);
        i = alias ? end + 1 : end;
    }
    return place;
}

std::vector<Completion> QueryCompletion::listFor(const Place& place) const {
    std::vector<Completion> list;
    if (!place.qualifier.isEmpty()) {
        for (const auto& [alias, table] : place.named)
            if (same(alias, place.qualifier) || same(table->name, place.qualifier)) {
                addColumns(list, *table, false);
                return list;
            }
        for (const AskableSchema& schema : m_tables.schemas()) {
            if (!same(schema.name, place.qualifier)) continue;
            for (const AskableTable& table : schema.tables)
                list.push_back({Kind::Table, table.name, quotedIfNeeded(table.name), {}, {}});
        }
        return list;
    }
    std::vector<const AskableTable*> added;
    for (const auto& each : place.named) {
        if (std::find(added.begin(), added.end(), each.second) != added.end()) continue;
        added.push_back(each.second);
        addColumns(list, *each.second, true);
    }
    for (const AskableSchema& schema : m_tables.schemas()) {
        for (const AskableTable& table : schema.tables) {
            const QString name = m_tables.askedAs(schema, table);
            list.push_back({Kind::Table, table.name, name, schema.isLive() ? schema.name : schema.title, {}});
            // Before a table is named all columns may be meant.
            if (place.named.empty()) addColumns(list, table, true);
        }
        if (schema.isLive()) list.push_back({Kind::Table, schema.name, schema.name + u'.', {}, {}});
    }
    addWords(list);
    return list;
}

std::shared_ptr<const Completions> QueryCompletion::at(const QString& before, const QString& after) {
    Place place = placeOf(before, after);
    if (!m_list || place != m_place) {
        m_place = std::move(place);
        m_list = std::make_shared<const Completions>(listFor(m_place));
    }
    return m_list;
}

}  // namespace rw::ui
