#include "widgets/editor/sql_completion.h"

#include <QPainter>
#include <QRegularExpression>
#include <algorithm>
#include <utility>

#include "core/sql/aggregates/aggregates.h"
#include "core/sql/functions/functions.h"
#include "core/sql/parse/lexer.h"
#include "widgets/document/translated.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kLettersOfSide = 2;  // of “left” and “right”, by which all their columns are found

QString view(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString iconOf(Completion::Kind kind) {
    switch (kind) {
        case Completion::Kind::Column:
            return QStringLiteral("select");
        case Completion::Kind::Function:
        case Completion::Kind::Aggregate:
            return QStringLiteral("function");
        case Completion::Kind::Table:
            return QStringLiteral("table");
        case Completion::Kind::Keyword:
        case Completion::Kind::Value:
            break;
    }
    return QStringLiteral("code");
}

void addWords(std::vector<Completion>& out, bool aggregates) {
    if (aggregates) {
        for (const sql::AggregateInfo& info : sql::aggregateFunctions()) {
            out.push_back({Completion::Kind::Aggregate, view(info.signature),
                           view(info.name) + QLatin1Char('('), CompletionModel::tr("aggregate"),
                           translated(info.help)});
        }
    }
    for (const sql::ScalarFunction& function : sql::scalarFunctions()) {
        if (function.name.empty() || !QChar::isLetter(static_cast<uint>(function.name.front())) ||
            function.group == "generator" || function.group == "operator")
            continue;
        out.push_back({Completion::Kind::Function, view(function.signature),
                       view(function.name) + QLatin1Char('('), CompletionModel::tr("function"),
                       translated(function.help)});
    }
    for (const char* word :
         {"AND", "OR", "NOT", "IS NULL", "IS NOT NULL", "IN (", "BETWEEN", "LIKE", "CASE WHEN", "CAST("}) {
        out.push_back({Completion::Kind::Keyword, QLatin1String(word), QLatin1String(word), {}, {}});
    }
}

}  // namespace

std::vector<Completion> completionsFor(const Schema& schema, bool aggregates) {
    std::vector<Completion> out;
    for (const Field& field : schema.fields) {
        out.push_back({Completion::Kind::Column,
                       QString::fromStdString(field.name),
                       QString::fromStdString(sql::quoteIdentifier(field.name)),
                       QString::fromStdString(toString(field.type)),
                       {}});
    }
    addWords(out, aggregates);
    return out;
}

QString spelled(const JoinSide& side, const std::string& column) {
    return QString::fromStdString(side.name + "." + sql::quoteIdentifier(column));
}

std::vector<Completion> completionsFor(const JoinSides& sides) {
    std::vector<Completion> whole, bare;
    for (const JoinSide& side : sides) {
        const QString start = QString::fromStdString(side.name).first(kLettersOfSide);
        for (const Field& field : side.columns.fields) {
            const QString name = QString::fromStdString(field.name);
            Completion column{Completion::Kind::Column,
                              QString::fromStdString(side.name + "." + field.name),
                              spelled(side, field.name),
                              QString::fromStdString(toString(field.type)),
                              {}};
            whole.push_back(column);
            column.typed = name;
            // “length” would stand twice among the words that begin with “le”.
            if (!name.startsWith(start, Qt::CaseInsensitive)) bare.push_back(std::move(column));
        }
    }
    whole.insert(whole.end(), bare.begin(), bare.end());
    addWords(whole, false);
    return whole;
}

bool isNewName(const QString& before) {
    const std::string text = before.toStdString();
    auto read = sql::tokenize(text);
    // The new name may begin with a back quote.
    const auto* error = std::get_if<sql::SqlError>(&read);
    if (error != nullptr && error->position < text.size() && text[error->position] == '`')
        read = sql::tokenize(std::string_view(text).substr(0, error->position));
    const auto* tokens = std::get_if<std::vector<sql::Token>>(&read);
    if (tokens == nullptr || tokens->size() < 2 || !(*tokens)[tokens->size() - 2].isKeyword("AS"))
        return false;
    int depth = 0;
    for (const sql::Token& token : *tokens) {
        if (token.isSymbol("(")) ++depth;
        if (token.isSymbol(")")) --depth;
    }
    return depth <= 0;
}

std::optional<OpenText> openText(const QString& before) {
    QChar within;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QChar c = before[i];
        if (c != QLatin1Char('\'') && c != QLatin1Char('`')) continue;
        if (within.isNull()) {
            within = c;
            begin = i + 1;
        } else if (within == c && before.mid(i + 1, 1) == c) {
            ++i;  // a quote within the text
        } else if (within == c) {
            within = QChar();
        }
    }
    if (within != QLatin1Char('\'')) return std::nullopt;
    static const QRegularExpression compared(
        QStringLiteral(
            "(?:`([^`]+)`|([\\w.]+))\\s*(?:=|<>|!=|<=?|>=?|\\bLIKE|\\bIN\\s*\\((?:\\s*'[^']*'\\s*,)*)\\s*$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch match = compared.match(before.left(begin - 1));
    return OpenText{match.captured(1) + match.captured(2), before.mid(begin)};
}

std::vector<Completion> completionsFor(const QStringList& values) {
    std::vector<Completion> out;
    for (const QString& value : values) {
        QString written = value;
        written.replace(QLatin1Char('\''), QLatin1String("''"));
        out.push_back({Completion::Kind::Value, value, written, CompletionModel::tr("value"), {}, written});
    }
    return out;
}

const std::vector<Completion>& Completions::list() const {
    if (!m_list) m_list = m_sides ? completionsFor(*m_sides) : completionsFor(m_schema, m_aggregates);
    return *m_list;
}

bool Completions::areOver(const Schema& schema, bool aggregates) const {
    return !m_sides && m_aggregates == aggregates && m_schema == schema;
}

bool Completions::areOver(const JoinSides& sides) const {
    const auto same = [](const JoinSide& a, const JoinSide& b) {
        return a.name == b.name && a.columns == b.columns;
    };
    return m_sides && std::equal(sides.begin(), sides.end(), m_sides->begin(), same);
}

void CompletionModel::set(std::shared_ptr<const Completions> completions) {
    if (completions == m_completions) return;
    beginResetModel();
    m_completions = std::move(completions);
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_completions ? 0 : static_cast<int>(m_completions->list().size());
}

QVariant CompletionModel::data(const QModelIndex& index, int role) const {
    const Completion& completion = m_completions->list()[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return completion.name;
        case Qt::EditRole:  // the role that a completer reads
            return completion.typed.isEmpty() ? completion.name : completion.typed;
        case Qt::ToolTipRole:
            return completion.help;
        case InsertRole:
            return completion.insert;
        case KindRole:
            return static_cast<int>(completion.kind);
        case DetailRole:
            return completion.detail;
        default:
            return {};
    }
}

void CompletionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    if ((option.state & QStyle::State_Selected) != 0) painter->fillRect(option.rect, tokens.selected);
    const QRect row = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const auto kind = static_cast<Completion::Kind>(index.data(CompletionModel::KindRole).toInt());
    const QColor tint = kind == Completion::Kind::Column ? tokens.op.text : tokens.sink.text;
    painter->drawPixmap(
        row.left(), row.center().y() - metrics::kIconSmall / 2 + 1,
        theme.pixmap(iconOf(kind), metrics::kIconSmall, tint, painter->device()->devicePixelRatioF()));
    painter->setFont(theme.font(TextStyle::CodeSmall));
    painter->setPen(tokens.text);
    painter->drawText(row.adjusted(metrics::kIconSmall + kPadding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      index.data().toString());
    painter->setFont(theme.font(TextStyle::Caption));
    painter->setPen(tokens.dim);
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter,
                      index.data(CompletionModel::DetailRole).toString());
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, Theme::of(this).scaled(metrics::kSmallButtonHeight)};
}

}  // namespace rw::ui
