#include "widgets/inspector/fields/list_field.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>
#include <QTextBlock>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/data/column_index.h"
#include "core/sql/bind/bind.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/editor/sql_completion.h"
#include "widgets/inspector/fields/column_fields.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr qsizetype kMostLines = 200;

// A line of the text is an item, and an item may have a line break of its own.
QString asLine(QString item) {
    return item.replace(QLatin1Char('\n'), QChar::LineSeparator);
}

QString itemOf(const QTextBlock& line) {
    return line.text().replace(QChar::LineSeparator, QLatin1Char('\n'));
}

/// At the end of a sort column.
const QRegularExpression& sortDirection() {
    static const QRegularExpression direction(QStringLiteral("\\s+(ASC|DESC)$"),
                                              QRegularExpression::CaseInsensitiveOption);
    return direction;
}

/// Empty lines between them are no items.
std::vector<QTextBlock> linesOf(const ExpressionEdit& text) {
    std::vector<QTextBlock> lines;
    for (QTextBlock line = text.document()->begin(); line.isValid(); line = line.next()) {
        if (!line.text().trimmed().isEmpty()) lines.push_back(line);
    }
    return lines;
}

}  // namespace

ListField::ListField(const ParamSpec& spec)
    : ParamField(spec),
      m_completions(std::make_shared<const Completions>(Schema{}, false)),
      m_rows(new QVBoxLayout),
      m_add(makeAddButton()) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kStep);
    m_rows->setSpacing(metrics::kStep);
    layout->addLayout(m_rows);
    m_add->setText(addText());
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, &ListField::add);
}

QString ListField::addText() const {
    switch (spec().kind) {
        case ParamKind::SortItems:
            return tr("Add sort column");
        case ParamKind::Branches:
            return tr("Add condition");
        default:
            return tr("Add column");
    }
}

void ListField::add() {
    if (m_text) {
        QTextCursor cursor(m_text->document());
        cursor.movePosition(QTextCursor::End);
        const QString before = cursor.block().text().isEmpty() ? QString() : QStringLiteral("\n");
        cursor.insertText(before + starter());
        cursor.movePosition(QTextCursor::StartOfBlock, QTextCursor::KeepAnchor);
        m_text->setTextCursor(cursor);
        m_text->setFocus();
    } else {
        addLine(starter());
        m_lines.back().edit->setFocus();
        m_lines.back().edit->selectAll();
    }
    notifyEdited();
}

/// The names that the lines take already: of a select list those of its results, so that `TRIM(name) AS
/// name` takes `name`; of a sort order those of its columns, whichever way they are sorted.
std::set<std::string> ListField::taken() const {
    std::set<std::string> names;
    sql::Scope scope{std::make_shared<const Schema>(m_columns)};
    scope.index = std::make_shared<const ColumnIndex>(*scope.schema);  // a list is as long as a table is wide
    for (const QString& item : items()) {
        QString text = item.trimmed();
        if (spec().kind == ParamKind::SortItems) text.remove(sortDirection());
        const auto bound = sql::bindSelectItem(text.toStdString(), scope);
        const auto* results = std::get_if<std::vector<sql::BoundItem>>(&bound);
        if (results == nullptr) continue;
        for (const sql::BoundItem& result : *results) names.insert(result.name);
    }
    return names;
}

/// The first column that fits and is not taken yet; empty: all are.
std::string ListField::nextColumn(const std::set<std::string>& taken) const {
    for (const Field& field : m_columns.fields) {
        if (typeFits(field.type, spec().columnTypes) && !taken.contains(field.name)) return field.name;
    }
    return {};
}

/// A column under another name: an item of a select list where all columns are in it.
QString ListField::renamed(const std::string& column, const std::set<std::string>& taken) const {
    int number = 2;
    while (taken.contains(column + "_" + std::to_string(number))) ++number;
    const std::string name = sql::quoteIdentifier(column + "_" + std::to_string(number));
    return QString::fromStdString(sql::quoteIdentifier(column) + " AS " + name);
}

/// The start value of a new line: a valid one where that can be guessed.
QString ListField::starter() const {
    const std::set<std::string> there = taken();
    const std::string free = nextColumn(there);
    const std::string column = !free.empty()              ? free
                               : m_columns.fields.empty() ? "x"
                                                          : m_columns.fields.front().name;
    const QString first = QString::fromStdString(sql::quoteIdentifier(column));
    const qsizetype place = items().size() + 1;
    switch (spec().kind) {
        case ParamKind::SelectItems:
            return free.empty() && there.contains(column) ? renamed(column, there) : first;
        case ParamKind::SortItems:
            return first + QStringLiteral(" DESC");
        case ParamKind::Branches:
            return QStringLiteral("branch_%1: %2 IS NOT NULL").arg(place).arg(first);
        case ParamKind::ColumnDefs:
            return QStringLiteral("column_%1 STRING").arg(place);
        case ParamKind::GeneratorColumns:
            return QStringLiteral("value_%1 DOUBLE = 100 * RANDOM()").arg(place);
        default:
            return first;
    }
}

void ListField::addLine(const QString& text) {
    Line line{new QWidget, new ExpressionEdit(ExpressionEdit::Lines::One)};
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    auto* remove = new IconButton(QStringLiteral("x"), tr("Remove this line"));
    row->addWidget(line.edit, 1);
    row->addWidget(remove);
    line.edit->setCode(text);
    line.edit->setCompletions(m_completions);
    connect(line.edit, &ExpressionEdit::edited, this, &ListField::notifyEdited);
    connect(remove, &QToolButton::clicked, this, [this, row = line.row] { removeLine(row); });
    m_rows->addWidget(line.row);
    m_lines.push_back(line);
}

void ListField::removeLine(QWidget* row) {
    std::erase_if(m_lines, [row](const Line& line) { return line.row == row; });
    row->hide();
    row->deleteLater();
    notifyEdited();
}

void ListField::dropLastLine() {
    m_lines.back().row->hide();
    m_lines.back().row->deleteLater();
    m_lines.pop_back();
}

void ListField::showAsText() {
    while (!m_lines.empty()) dropLastLine();
    m_text = new ExpressionEdit(ExpressionEdit::Lines::Several);
    m_text->setAccessibleName(accessibleName());
    m_text->setCompletions(m_completions);
    connect(m_text, &ExpressionEdit::edited, this, &ListField::notifyEdited);
    m_rows->addWidget(m_text);
    setFocusProxy(m_text);
}

void ListField::setValue(const Json& value) {
    QStringList texts;
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    if (shown.is_array()) {
        for (const Json& text : shown)
            texts << QString::fromStdString(text.is_string() ? text.get<std::string>() : text.dump());
    }
    // Lines that are added one by one stay lines: the one with the keyboard must not go.
    const qsizetype most = std::max(kMostLines, static_cast<qsizetype>(m_lines.size()));
    if (!m_text && texts.size() > most) showAsText();
    if (m_text) {
        if (texts == m_shown) return;  // text that is not told yet stays, and so do empty lines
        m_shown = texts;
        QStringList lines;
        for (const QString& text : texts) lines << asLine(text);
        return m_text->setCode(lines.join(QLatin1Char('\n')));
    }
    while (static_cast<qsizetype>(m_lines.size()) > texts.size()) dropLastLine();
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (static_cast<std::size_t>(i) == m_lines.size()) addLine({});
        m_lines[static_cast<std::size_t>(i)].edit->setCode(texts[i]);
    }
}

void ListField::setContext(const FieldContext& context) {
    if (m_completions->areOver(context.columns, false)) return;
    m_columns = context.columns;
    m_completions = std::make_shared<const Completions>(m_columns, false);
    for (const Line& line : m_lines) line.edit->setCompletions(m_completions);
    if (m_text) m_text->setCompletions(m_completions);
}

void ListField::markText(const std::vector<Issue>& issues) {
    const std::vector<QTextBlock> lines = linesOf(*m_text);
    std::vector<ErrorRange> mistakes;
    for (const Issue& issue : issues) {
        if (issue.item < 0 || static_cast<std::size_t>(issue.item) >= lines.size()) continue;
        const QTextBlock& line = lines[static_cast<std::size_t>(issue.item)];
        const std::string text = itemOf(line).toStdString();
        const int from = characterAt(text, issue.position),
                  to = characterAt(text, issue.position + issue.length);
        if (to > from)
            mistakes.push_back({line.position() + from, to - from, issue.severity == Severity::Warning});
    }
    setFieldState(*m_text, stateOf(issues));
    m_text->setErrorRanges(std::move(mistakes));
}

void ListField::setIssues(const std::vector<Issue>& issues) {
    if (m_text) return markText(issues);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        std::vector<Issue> mine;
        std::vector<ErrorRange> mistakes;
        const std::string text = m_lines[i].edit->toPlainText().toStdString();
        for (const Issue& issue : issues) {
            if (issue.item >= 0 && static_cast<std::size_t>(issue.item) != i) continue;
            mine.push_back(issue);
            const int from = characterAt(text, issue.position),
                      to = characterAt(text, issue.position + issue.length);
            if (to > from) mistakes.push_back({from, to - from, issue.severity == Severity::Warning});
        }
        setFieldState(*m_lines[i].edit, stateOf(mine));
        m_lines[i].edit->setErrorRanges(std::move(mistakes));
    }
}

QStringList ListField::items() const {
    QStringList items;
    for (const Line& line : m_lines) items << line.edit->toPlainText();
    if (!m_text) return items;
    for (const QTextBlock& line : linesOf(*m_text)) items << itemOf(line);
    return items;
}

void ListField::notifyEdited() {
    const QStringList now = items();
    if (m_text && now == std::exchange(m_shown, now)) return;  // only an empty line came or went
    if (now.isEmpty() && !spec().required) return Q_EMIT edited(nullptr);
    Json list = Json::array();
    for (const QString& item : now) list.push_back(item.toStdString());
    Q_EMIT edited(list);
}

}  // namespace rw::ui
